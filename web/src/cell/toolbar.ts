/** The buttons of a cell, and what it says between code and output. */

import { html, nothing, type TemplateResult } from 'lit';
import type { CellState } from './state';
import { earlierVersions } from './versions-menu';
import type { Version } from './versions';
import { wording } from '../wording';

export interface ToolbarView {
  state: CellState;
  /** Whether a queued run waits for another cell, and not for Python to start. */
  waitsForCell: boolean;
  changed: boolean;
  /** What the code has replaced, the newest first. */
  versions: Version[];
  onRun: () => void;
  onStop: () => void;
  onReset: () => void;
  onBringBack: (version: Version) => void;
  onShare: () => void;
}

const WORDS: Record<CellState, string> = {
  idle: '',
  queued: 'Waits for Python',
  running: 'Running',
  done: 'Done',
  error: 'Ended with an error',
  stopped: 'Stopped',
};

export function toolbar(view: ToolbarView): TemplateResult {
  // Who went back has seen what was there; it is in the list.
  const last = view.versions.find((each) => each.why !== 'back');
  const earlier = view.versions.filter((each) => each !== last);
  const busy = view.state === 'running' || view.state === 'queued';
  return html`
    ${
      // One button, so that the focus stays on it whichever it is.
      html`<button
        type="button"
        class=${busy ? 'stop' : 'run'}
        title=${busy ? nothing : 'Shift+Enter'}
        @click=${(event: MouseEvent) => {
          // The second half of a double click on Run is not meant for the Stop that takes its place.
          if (!busy) view.onRun();
          else if (event.detail < 2) view.onStop();
        }}
      >
        ${wording(busy ? 'Stop' : 'Run')}
      </button>`
    }
    <button type="button" class="quiet" ?disabled=${!view.changed} @click=${view.onReset}>
      Reset
    </button>
    ${
      last === undefined
        ? nothing
        : html`<button
            type="button"
            class="quiet"
            @click=${() => {
              view.onBringBack(last);
            }}
          >
            ${wording(`Undo ${last.why}`)}
          </button>`
    }
    ${earlier.length === 0 ? nothing : earlierVersions(earlier, view.onBringBack)}
    <button type="button" class="quiet" @click=${view.onShare}>Share</button>
    <span class="py-state" aria-live="polite"
      >${wording(view.state === 'queued' && view.waitsForCell ? 'Waits its turn' : WORDS[view.state])}</span
    >
  `;
}

/** There is another version than the reader's own, which is shown. */
export function otherVersionNotice(
  words: string,
  other: string,
  onKeep: () => void,
  onReplace: () => void,
): TemplateResult {
  return html`<div class="notice">
    <p>${wording(`${words} Your version is shown.`)}</p>
    <button type="button" @click=${onKeep}>Keep mine</button>
    <button type="button" @click=${onReplace}>${other}</button>
  </div>`;
}

/** There is no room for what the reader writes. */
export function unkeptNotice(onDownload: () => void): TemplateResult {
  return html`<div class="notice is-problem">
    <p>
      Your changes cannot be kept in this browser, and are lost when you leave the page. Share them,
      or download them.
    </p>
    <button type="button" @click=${onDownload}>Download as a file</button>
  </div>`;
}

export function answersBox(answers: string, onChange: (text: string) => void): TemplateResult {
  return html`<label class="notice answers">
    Answers for <code translate="no">input()</code>, one a line. They are used when you press Run
    again.
    <textarea
      rows="3"
      .value=${answers}
      @input=${(event: InputEvent) => {
        onChange((event.target as HTMLTextAreaElement).value);
      }}
    ></textarea>
  </label>`;
}
