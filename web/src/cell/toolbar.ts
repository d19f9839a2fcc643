/** The buttons of a cell, and what it says between code and output. */

import { html, nothing, type TemplateResult } from 'lit';
import type { CellState } from './cell';

export interface ToolbarView {
  state: CellState;
  changed: boolean;
  canUndo: boolean;
  onRun: () => void;
  onStop: () => void;
  onReset: () => void;
  onShare: () => void;
}

const WORDS: Record<CellState, string> = {
  idle: '',
  queued: 'Runs as soon as Python is ready',
  running: 'Running',
  done: 'Done',
  error: 'Ended with an error',
  stopped: 'Stopped',
};

export function toolbar(view: ToolbarView): TemplateResult {
  const busy = view.state === 'running' || view.state === 'queued';
  return html`
    ${
      busy
        ? html`<button type="button" class="stop" @click=${view.onStop}>Stop</button>`
        : html`<button type="button" class="run" title="Shift+Enter" @click=${view.onRun}>
            Run
          </button>`
    }
    <button
      type="button"
      class="quiet"
      ?disabled=${!view.changed && !view.canUndo}
      aria-label=${view.canUndo ? 'Undo reset' : 'Reset'}
      @click=${view.onReset}
    >
      ${view.canUndo ? 'Undo reset' : 'Reset'}
    </button>
    <button type="button" class="quiet" @click=${view.onShare}>Share</button>
    <span class="py-state">${WORDS[view.state] || nothing}</span>
  `;
}

export function outdatedNotice(onKeep: () => void, onReplace: () => void): TemplateResult {
  return html`<div class="notice">
    <p>This example has changed since you edited it. Your version is shown.</p>
    <button type="button" @click=${onKeep}>Keep mine</button>
    <button type="button" @click=${onReplace}>Use the new one</button>
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
