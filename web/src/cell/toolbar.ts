/** The buttons of a cell, and what it says between code and output. */

import { html, nothing, type TemplateResult } from 'lit';
import type { CellState } from './state';

export interface ToolbarView {
  state: CellState;
  /** Whether a queued run waits for another cell, and not for Python to start. */
  waitsForCell: boolean;
  changed: boolean;
  /** What can be undone, if anything: "reset" or "open". */
  undo: string | null;
  onRun: () => void;
  onStop: () => void;
  onReset: () => void;
  onUndo: () => void;
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
        ${busy ? 'Stop' : 'Run'}
      </button>`
    }
    <button type="button" class="quiet" ?disabled=${!view.changed} @click=${view.onReset}>
      Reset
    </button>
    ${
      view.undo === null
        ? nothing
        : html`<button type="button" class="quiet" @click=${view.onUndo}>Undo ${view.undo}</button>`
    }
    <button type="button" class="quiet" @click=${view.onShare}>Share</button>
    <span class="py-state" aria-live="polite"
      >${view.state === 'queued' && view.waitsForCell ? 'Waits its turn' : WORDS[view.state]}</span
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
    <p>${words} Your version is shown.</p>
    <button type="button" @click=${onKeep}>Keep mine</button>
    <button type="button" @click=${onReplace}>${other}</button>
  </div>`;
}

export function answersBox(answers: string, onChange: (text: string) => void): TemplateResult {
  return html`<label class="notice answers">
    Answers for <code>input()</code>, one a line. They are used when you press Run again.
    <textarea
      rows="3"
      .value=${answers}
      @input=${(event: InputEvent) => {
        onChange((event.target as HTMLTextAreaElement).value);
      }}
    ></textarea>
  </label>`;
}
