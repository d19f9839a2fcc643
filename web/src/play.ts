/** The page for one script of one's own, or for one that came in a link. */

import { html, render } from 'lit';
import type { PyCell } from './cell/cell';
import { fingerprint } from './cell/drafts';
import { siteRoot } from './assets';
import { ExampleError, exampleIn, fetchExample, openExampleMenu } from './examples';
import type { OutputMoment } from './output/diagrams';
import { decode, LinkError } from './share/link';
import { download } from './share/share';
import { wording } from './wording';

/** The draft of the reader's own script; a linked one has a draft of its own. */
export const OWN = 'play/own';

/** Keeps the cell's code in step with the address. */
export async function openPlay(cell: PyCell): Promise<void> {
  const notice = document.getElementById('link-notice');
  const actions = document.createElement('div');
  actions.className = 'file-actions';
  cell.after(actions);
  render(fileActions(cell, notice), actions);
  openExampleMenu();
  const follow = async (): Promise<void> => {
    if (notice !== null) await followAddress(cell, notice);
  };
  addEventListener('hashchange', () => {
    void follow();
  });
  if (location.hash.length > 1) await follow();
}

/** What of the address is shown. */
let shown: string | null = '';

async function followAddress(cell: PyCell, notice: HTMLElement): Promise<void> {
  const fragment = location.hash.slice(1);
  // A place on this page is no code.
  if (fragment !== '' && document.getElementById(fragment) !== null) return;
  // The reader is back from such a place.
  if (fragment === shown) return;
  let start: Start | null = null;
  let problem = '';
  try {
    start = await startFrom(fragment);
  } catch (error) {
    const worded = error instanceof LinkError || error instanceof ExampleError;
    problem = worded ? error.message : 'This link could not be opened.';
  }
  // The reader went on to another address meanwhile.
  if (location.hash.slice(1) !== fragment) return;
  shown = problem === '' ? fragment : null;
  cell.show(start?.drafts ?? OWN, start?.code ?? '');
  cell.want(start?.moment ?? null);
  render(problem === '' ? start?.notice : problemNotice(problem), notice);
}

/** Code to start from, instead of the reader's own script. */
interface Start {
  code: string;
  /** Where its changes are kept, apart from the reader's own script. */
  drafts: string;
  notice: unknown;
  /** What the diagrams are to show after the first run. */
  moment?: OutputMoment | undefined;
}

async function startFrom(fragment: string): Promise<Start | null> {
  const name = exampleIn(fragment);
  if (name !== null) {
    const { code, title } = await fetchExample(name);
    return { code, drafts: `play/example/${name}`, notice: exampleNotice(name, title) };
  }
  if (fragment === '') return null;
  const { link, shared } = await decode(fragment);
  const { code, moment } = shared;
  return { code, drafts: `play/${fingerprint(link)}`, notice: linkNotice(), moment };
}

function linkNotice(): unknown {
  return html`<p class="notice">
    This code came from a link. It runs only when you press Run, and cannot reach your files, this
    site, or the network. What you change is kept here, apart from your own script.
    <a href="#">Open my own script</a>
  </p>`;
}

function exampleNotice(name: string, title: string): unknown {
  return html`<p class="notice">
    This is your copy of <a href="${siteRoot()}examples/${name}/">${wording(title)}</a>. What you
    change is kept here, apart from your own script. <a href="#">Open my own script</a>
  </p>`;
}

function problemNotice(text: string): unknown {
  return html`<p class="notice is-problem" role="alert">${wording(text)}</p>`;
}

function fileActions(cell: PyCell, notice: HTMLElement | null): unknown {
  const open = async (event: Event): Promise<void> => {
    const field = event.target as HTMLInputElement;
    const file = field.files?.[0];
    if (file === undefined) return;
    if (location.hash !== '') {
      // The link stays one step back.
      history.pushState(null, '', location.pathname);
      if (notice !== null) await followAddress(cell, notice);
    }
    cell.openFile(await file.text());
    field.value = '';
  };
  return html`
    <label class="button quiet"
      >Open a file<input
        type="file"
        class="visually-hidden"
        accept=".py,text/x-python,text/plain"
        @change=${(event: Event) => void open(event)}
    /></label>
    <button
      type="button"
      class="quiet"
      @click=${() => {
        download(cell.code, 'play');
      }}
    >
      Download as a file
    </button>
  `;
}
