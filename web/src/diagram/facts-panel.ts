/** Where the numbers of what is pointed at in a diagram are told: below it, or over the page. */

import { html, nothing, render } from 'lit';
import { wording } from '../wording';

/** What can be done: on a touch screen, one taps. */
function hint(): string {
  return matchMedia('(hover: none)').matches
    ? 'Tap a part to see its numbers.'
    : 'Point at a part to see its numbers, or walk with the arrow keys.';
}

/** How much of the room for the numbers has to be in sight. */
const ENOUGH = 0.6;

/** What is told of a part. */
export interface Told {
  facts: string[];
  /** The line of the code that made it. */
  line: string | null;
  /** For a group of a graph: what a press of the button does, or a hint where it is not selected. */
  action: { word: string; run: (() => void) | null } | null;
}

export class FactsPanel {
  readonly #room: HTMLElement;
  readonly #panel = document.createElement('div');
  #told: Told | null = null;
  /** What is said while nothing is pointed at. */
  #rest = hint();
  /** Said below the numbers, until something else is told. */
  #word = '';
  #isRoomSeen = true;
  #isPictureSeen = true;

  /** @param room an empty element of a fixed height, for the numbers. */
  constructor(svg: SVGSVGElement, room: HTMLElement) {
    this.#room = room;
    this.#panel.className = 'diagram-facts';
    // Long ones scroll, by keys as well.
    this.#panel.tabIndex = 0;
    this.#panel.setAttribute('role', 'group');
    this.#panel.setAttribute('aria-label', 'Numbers');
    room.append(this.#panel);
    const sight = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting, intersectionRatio } of entries) {
          if (target === room) this.#isRoomSeen = intersectionRatio >= ENOUGH;
          else this.#isPictureSeen = isIntersecting;
        }
        this.#place();
      },
      { threshold: [0, ENOUGH] },
    );
    // It ends with the elements that it observes.
    sight.observe(room);
    sight.observe(svg);
    this.#draw();
  }

  /** Tells the numbers of a part; null for none. */
  tell(told: Told | null): void {
    this.#told = told;
    this.#draw();
    this.#place();
  }

  /** Says this while nothing is pointed at: null for what can be done. */
  sayAtRest(words: string | null): void {
    this.#rest = words ?? hint();
    if (this.#told === null) this.#draw();
  }

  /** Says something below the numbers; an empty word takes it away. */
  say(word: string): void {
    this.#word = word;
    this.#draw();
  }

  /** While the picture is in sight and the room below it is not, the numbers are told over the page. */
  #place(): void {
    const panel = this.#panel;
    const floats = this.#told !== null && this.#isPictureSeen && !this.#isRoomSeen;
    if (floats === (panel.popover !== null)) return;
    panel.popover = floats ? 'manual' : null;
    if (!floats) return;
    const { left, width } = this.#room.getBoundingClientRect();
    panel.style.setProperty('--left', `${left}px`);
    panel.style.setProperty('--width', `${width}px`);
    panel.showPopover();
  }

  #draw(): void {
    const word =
      this.#word === '' ? nothing : html`<p class="facts-word">${wording(this.#word)}</p>`;
    if (this.#told === null) {
      render(
        html`<p class="facts-hint">${wording(this.#rest)}</p>
          ${word}`,
        this.#panel,
      );
      return;
    }
    const { facts, line } = this.#told;
    const [name = '', ...rest] = facts;
    render(
      html`<p class="facts-name">${wording(name)} ${this.#action()}</p>
        ${rest.map((fact) => html`<p>${wording(fact)}</p>`)}
        ${line === null ? nothing : html`<p class="facts-code"><code>${line}</code></p>`} ${word}`,
      this.#panel,
    );
  }

  #action(): unknown {
    const action = this.#told?.action ?? null;
    if (action === null) return nothing;
    const { word, run } = action;
    if (run === null) {
      return html`<span class="facts-hint">${wording(`${word} it: click, tap or Enter.`)}</span>`;
    }
    return html`<button type="button" class="quiet" @click=${run}>${wording(word)}</button>`;
  }
}
