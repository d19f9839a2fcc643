/** Steps through a diagram that holds several: previous, next, play, and a slider to scrub. */

import { html, render } from 'lit';
import { live } from 'lit/directives/live.js';
import { DATA } from '../contract';
import { dataOf, wholeNumber } from './attributes';
import { wording } from '../wording';

/** How long each step stays while playing, in milliseconds. */
const INTERVAL = 1_100;

/**
 * The format is that of `backprop/viz/kit/steps.py`: step 0 is the picture before anything happened, the last
 * the complete one, and the variable `--bp-now` says which is seen.
 */
export class Stepper {
  readonly #svg: SVGSVGElement;
  readonly #bar: HTMLElement;
  readonly #onStep: (caption: string | null) => void;
  readonly #captions: string[];
  readonly #times: (number | null)[];
  readonly #last: number;
  #now: number;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** `onStep` is told the caption of each step that is shown, and null for the complete picture. */
  constructor(
    svg: SVGSVGElement,
    bar: HTMLElement,
    last: number,
    onStep: (caption: string | null) => void,
  ) {
    this.#svg = svg;
    this.#bar = bar;
    this.#last = last;
    this.#onStep = onStep;
    this.#now = last;
    this.#captions = Array.from(
      svg.querySelectorAll<SVGElement>(`[${DATA.caption}]`),
      (each) => dataOf(each, 'caption') ?? '',
    );
    this.#times = Array.from(svg.querySelectorAll<SVGElement>(`[${DATA.caption}]`), (each) =>
      wholeNumber(dataOf(each, 'time')),
    );
    for (const each of svg.querySelectorAll<SVGElement>(`[${DATA.from}]`)) {
      for (const name of ['from', 'until'] as const) {
        const step = wholeNumber(dataOf(each, name));
        if (step !== null) each.style.setProperty(`--bp-${name}`, String(step));
      }
    }
    this.#show();
  }

  /** The step that is seen, or null for the complete picture. */
  get step(): number | null {
    return this.#now === this.#last ? null : this.#now;
  }

  /** When the step that is seen happens, on a clock that is the same whatever of a graph is open. */
  get time(): number | null {
    if (this.#now === this.#last) return null;
    return this.#now === 0 ? 0 : (this.#times[this.#now - 1] ?? null);
  }

  /** Shows the last step that has happened at a time. */
  goToTime(time: number): void {
    this.goTo(this.#times.filter((each) => each !== null && each <= time).length);
  }

  goTo(step: number): void {
    this.#pause();
    this.#now = Math.min(Math.max(step, 0), this.#last);
    this.#show();
  }

  /** Ends what goes on by itself. */
  close(): void {
    this.#pause();
  }

  #play(): void {
    if (this.#now >= this.#last) this.#now = 0;
    this.#timer = setInterval(() => {
      if (!this.#svg.isConnected || this.#now >= this.#last) this.#pause();
      else this.#now += 1;
      this.#show();
    }, INTERVAL);
    this.#show();
  }

  #pause(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #show(): void {
    this.#svg.style.setProperty('--bp-now', String(this.#now));
    const playing = this.#timer !== undefined;
    const caption = this.#captions[this.#now - 1] ?? 'Before the first step.';
    this.#onStep(this.step === null ? null : caption);
    // As wide with one digit as with two, so that the slider stands still: U+2007 is as wide as a digit.
    const count = String(this.#now).padStart(String(this.#last).length, '\u2007');
    const toggle = (): void => {
      if (playing) this.goTo(this.#now);
      else this.#play();
    };
    render(
      html`
        <button
          type="button"
          class="quiet"
          ?disabled=${this.#now === 0}
          @click=${() => {
            this.goTo(this.#now - 1);
          }}
        >
          <span aria-hidden="true">◀</span><span class="visually-hidden">Previous step</span>
        </button>
        <button type="button" class="step-play" @click=${toggle}>
          ${wording(playing ? 'Pause' : 'Play')}
        </button>
        <button
          type="button"
          class="quiet"
          ?disabled=${this.#now === this.#last}
          @click=${() => {
            this.goTo(this.#now + 1);
          }}
        >
          <span aria-hidden="true">▶</span><span class="visually-hidden">Next step</span>
        </button>
        <input
          type="range"
          aria-label="Step"
          aria-valuetext=${`${this.#now} of ${this.#last}: ${caption}`}
          min="0"
          max=${this.#last}
          .value=${live(String(this.#now))}
          @input=${(event: Event) => {
            this.goTo((event.target as HTMLInputElement).valueAsNumber);
          }}
        />
        <span class="step-count">${wording(`${count} of ${this.#last}`)}</span>
        <span class="visually-hidden" aria-live="polite">${wording(playing ? '' : caption)}</span>
      `,
      this.#bar,
    );
  }
}
