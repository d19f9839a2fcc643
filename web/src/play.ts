/** The page for one script of one's own, or for one that came in a link. */

import { html, render } from 'lit';
import type { PyCell } from './cell/cell';
import { fingerprint } from './cell/drafts';
import { decode, LinkError } from './share/link';
import { download } from './share/share';

/** The draft of the reader's own script; a linked one has a draft of its own. */
export const OWN = 'play/own';

/** Keeps the cell's code in step with the address. */
export async function openPlay(cell: PyCell): Promise<void> {
  const notice = document.getElementById('link-notice');
  const actions = document.createElement('div');
  actions.className = 'file-actions';
  cell.after(actions);
  render(fileActions(cell, notice), actions);
  const follow = async (): Promise<void> => {
    if (notice !== null) await followAddress(cell, notice);
  };
  addEventListener('hashchange', () => {
    void follow();
  });
  if (location.hash.length > 1) await follow();
}

async function followAddress(cell: PyCell, notice: HTMLElement): Promise<void> {
  const fragment = location.hash.slice(1);
  if (fragment === '') {
    showOwn(cell, notice);
    return;
  }
  // A place on this page is no code.
  if (document.getElementById(fragment) !== null) return;
  try {
    const shared = await decode(fragment);
    cell.useDrafts(`play/${fingerprint(fragment)}`, shared.code);
    cell.show(cell.draft ?? shared.code);
    cell.want(shared.moment ?? null);
    render(linkNotice(cell.code !== shared.code), notice);
  } catch (error) {
    showOwn(cell, notice);
    const text = error instanceof LinkError ? error.message : 'This link could not be opened.';
    render(html`<p class="notice is-problem" role="alert">${text}</p>`, notice);
  }
}

function showOwn(cell: PyCell, notice: HTMLElement): void {
  cell.useDrafts(OWN, '');
  cell.show(cell.draft ?? '');
  render('', notice);
}

function linkNotice(edited: boolean): unknown {
  return html`<p class="notice">
    This code came from a link${edited ? ', and you have edited it' : ''}. It runs only when you
    press Run, and cannot reach your files, this site, or the network.
    <a href="#">Open my own script</a>
  </p>`;
}

function fileActions(cell: PyCell, notice: HTMLElement | null): unknown {
  const open = async (event: Event): Promise<void> => {
    const field = event.target as HTMLInputElement;
    const file = field.files?.[0];
    if (file === undefined) return;
    if (location.hash !== '') {
      history.replaceState(null, '', location.pathname);
      if (notice !== null) showOwn(cell, notice);
    }
    cell.replace(await file.text(), 'open');
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
