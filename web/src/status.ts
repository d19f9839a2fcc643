/** What Python does at the moment, in words, and the buttons for the whole page. */

import { html, nothing, render, type TemplateResult } from 'lit';
import type { RuntimeState } from './runtime/runtime';
import { wording } from './wording';

export interface PageActions {
  /** Left out on a page with a single cell. */
  onRunAll?: () => void;
  onRestart: () => void;
  onRetry: () => void;
}

/** More of a reason would push the page out of sight. */
const LONGEST_REASON = 300;

const STEPS = {
  download: 'Loading Python',
  engine: 'Starting Python',
  packages: 'Loading NumPy',
  session: 'Preparing the session',
};

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(0);
}

export class StatusBar {
  readonly #status = document.getElementById('runtime-status');
  readonly #buttons = document.getElementById('runtime-actions');
  readonly #actions: PageActions;
  #state: RuntimeState | null = null;
  #running: string | null = null;
  #said = '';

  constructor(actions: PageActions) {
    this.#actions = actions;
  }

  setState(state: RuntimeState): void {
    this.#state = state;
    this.#render();
  }

  setRunning(title: string | null): void {
    this.#running = title;
    this.#render();
  }

  #render(): void {
    if (this.#state === null || this.#status === null || this.#buttons === null) return;
    const words = this.#words(this.#state);
    // Saying the same again would make a screen reader repeat it, and undo a browser's translation.
    if (this.#said !== words) this.#status.textContent = words;
    this.#said = words;
    this.#status.dataset.kind = this.#state.kind;
    render(this.#view(this.#state), this.#buttons);
  }

  #words(state: RuntimeState): string {
    switch (state.kind) {
      case 'loading':
        return `${STEPS[state.step]}…`;
      case 'failed':
        return `Python could not start. ${state.message.slice(0, LONGEST_REASON)}`;
      case 'ready':
        return this.#running === null ? 'Python is ready' : `Running: ${this.#running}`;
    }
  }

  #view(state: RuntimeState): TemplateResult {
    if (state.kind === 'failed') {
      return html`<button type="button" @click=${this.#actions.onRetry}>Retry</button>`;
    }
    const { onRunAll, onRestart } = this.#actions;
    return html`
      ${
        state.kind === 'loading'
          ? html`<progress
                aria-hidden="true"
                max="100"
                .value=${state.total > 0 ? (100 * state.received) / state.total : 100}
              ></progress>
              ${
                state.total > 0
                  ? // Outside of the status, which would be read aloud with each new number.
                    html`<span class="load-count" aria-hidden="true"
                      >${wording(`${megabytes(state.received)} of ${megabytes(state.total)} MB`)}</span
                    >`
                  : nothing
              }`
          : nothing
      }
      ${
        onRunAll === undefined
          ? nothing
          : html`<button type="button" class="quiet" @click=${onRunAll}>Run all</button>`
      }
      <button
        type="button"
        class="quiet"
        title="Start Python afresh: all variables are gone"
        ?disabled=${state.kind !== 'ready'}
        @click=${onRestart}
      >
        Restart
      </button>
    `;
  }
}
