/** Shows what an element of a diagram stands for: its numbers, its formula, and the code that made it. */

import { DATA } from '../contract';
import type { CodePlace } from '../editor/place-mark';
import { dataOf, wholeNumber } from './attributes';
import { FactsPanel, type Told } from './facts-panel';
import { groupOf, isOpen } from './groups';
import { type Direction, waysBetween } from './walk';

/** A place in the code of a cell. */
export interface CellPlace extends CodePlace {
  cell: string;
}

export interface ExplorerHandlers {
  /** The reader points at what this piece of code made, or at nothing any more; its line is returned. */
  onPoint(place: CellPlace | null): string | null;
  /** The reader opens or closes a group of a graph; left out where that cannot be done. */
  onToggle?: ((group: string) => void) | undefined;
}

/** How far from a thin line a finger may be, in CSS pixels. */
const REACH = [0, 5, 10, 15];

/** Selects what stands for something. */
const PART = `[${DATA.node}]`;

/** The attributes are those of `explain` in `backprop/viz/kit/steps.py`. */
export class Explorer {
  readonly #svg: SVGSVGElement;
  readonly #panel: FactsPanel;
  readonly #handlers: ExplorerHandlers;
  /** What has facts, in topological order; of a drawing that is there twice, both. */
  readonly #parts: SVGElement[];
  #selected: SVGElement | null = null;
  #shown: SVGElement | null = null;
  /** The line of the code that made what is shown. */
  #line: string | null = null;

  /** @param room an empty element of a fixed height, for the numbers. */
  constructor(svg: SVGSVGElement, room: HTMLElement, handlers: ExplorerHandlers) {
    this.#svg = svg;
    this.#handlers = handlers;
    this.#panel = new FactsPanel(svg, room);
    this.#parts = [...svg.querySelectorAll<SVGElement>(`[${DATA.node}][${DATA.facts}]`)];
    for (const part of this.#parts) {
      const isGroup = this.#group(part) !== null;
      part.setAttribute('role', isGroup ? 'button' : 'img');
      if (isGroup) part.setAttribute('aria-expanded', String(isOpen(part)));
      this.#label(part);
      part.setAttribute('tabindex', '-1');
    }
    // What can have the focus must not be inside something that is one picture.
    svg.setAttribute('role', 'group');
    this.#visible[0]?.setAttribute('tabindex', '0');
    svg.addEventListener('pointermove', (event) => {
      if (event.pointerType === 'mouse') this.#show(this.#at(event) ?? this.#selected);
    });
    svg.addEventListener('pointerleave', () => {
      this.#show(this.#selected);
    });
    svg.addEventListener('click', (event) => {
      const part = this.#at(event);
      if (part !== null && this.#toggle(part)) return;
      this.#select(part === this.#selected ? null : part);
    });
    // On what is around the drawing: listeners for the focus would let a drawing itself have it, in Chromium.
    const around = svg.parentNode ?? svg;
    around.addEventListener('focusin', (event) => {
      const part = (event.target as Element).closest<SVGElement>(PART);
      if (part === null) return;
      // The numbers of a live diagram have changed since.
      this.#label(part);
      this.#show(part);
    });
    around.addEventListener('focusout', () => {
      this.#show(this.#selected);
    });
    svg.addEventListener('keydown', (event) => {
      this.#key(event);
    });
  }

  /** Names a part by its facts; a button is named by what is in it, the title of the drawing's own. */
  #label(part: SVGElement): void {
    if (this.#group(part) !== null && part.querySelector('title') !== null) return;
    part.setAttribute('aria-label', facts(part).join('; '));
  }

  get #visible(): SVGElement[] {
    return this.#parts.filter((part) => part.getClientRects().length > 0);
  }

  /** The id of what was selected. */
  get selected(): string | null {
    return dataOf(this.#selected, 'node') ?? null;
  }

  /** Says what happens in the step that is seen: its caption in the drawing may be out of sight. */
  tell(caption: string | null): void {
    this.#panel.sayAtRest(caption);
  }

  select(node: string): void {
    const part = this.#linked(node);
    if (part !== null) this.#select(part);
  }

  /** Selects a group and, if wanted, gives it the focus; returns what it says of itself. */
  selectGroup(group: string, focus: boolean): string | null {
    const part = this.#visible.find((each) => groupOf(each) === group);
    if (part === undefined) return null;
    this.#select(part);
    if (focus) part.focus();
    return facts(part)[0] ?? null;
  }

  /** Where a group is on the screen. */
  topOf(group: string): number | null {
    const part = this.#visible.find((each) => groupOf(each) === group);
    return part?.getBoundingClientRect().top ?? null;
  }

  /** Says something below the numbers. */
  say(word: string): void {
    this.#panel.say(word);
  }

  /** Points out what a line of a cell's code has made; null for no line. */
  showLine(cell: string, line: number | null): void {
    for (const part of this.#parts) {
      const place = placeOf(part);
      const made =
        line !== null &&
        place?.cell === cell &&
        place.line <= line &&
        line <= (place.endLine ?? place.line);
      this.#mark(part, 'is-of-line', made);
    }
  }

  #at(event: MouseEvent): SVGElement | null {
    const root = this.#svg.getRootNode() as Document | ShadowRoot;
    for (const reach of REACH) {
      for (let turn = 0; turn < (reach === 0 ? 1 : 8); turn++) {
        const angle = (turn * Math.PI) / 4;
        const found = root
          .elementFromPoint(
            event.clientX + reach * Math.cos(angle),
            event.clientY + reach * Math.sin(angle),
          )
          ?.closest<SVGElement>(PART);
        if (found && this.#svg.contains(found)) return this.#linked(dataOf(found, 'node'));
      }
    }
    return null;
  }

  /** Marks every element of the same id, such as the band of a weight and its line. */
  #mark(part: SVGElement | null, mark: string, on: boolean): void {
    const node = dataOf(part, 'node');
    if (node === undefined) return;
    const same = this.#svg.querySelectorAll(`[${DATA.node}="${CSS.escape(node)}"]`);
    for (const each of same) each.classList.toggle(mark, on);
  }

  #select(part: SVGElement | null): void {
    this.#selected?.removeAttribute('aria-current');
    this.#mark(this.#selected, 'is-selected', false);
    this.#selected = part;
    if (part !== null) {
      part.setAttribute('aria-current', 'true');
      this.#mark(part, 'is-selected', true);
      this.#makeReachable(part);
    }
    this.#show(part);
    // What was shown already now has its button.
    this.#tell();
  }

  /** Tab comes back to where the reader was. */
  #makeReachable(part: SVGElement): void {
    for (const each of this.#parts) each.setAttribute('tabindex', '-1');
    part.setAttribute('tabindex', '0');
  }

  #show(part: SVGElement | null): void {
    if (part === this.#shown) return;
    this.#mark(this.#shown, 'is-shown', false);
    this.#shown = part;
    this.#mark(part, 'is-shown', true);
    this.#line = this.#handlers.onPoint(part === null ? null : placeOf(part));
    this.#panel.say('');
    this.#tell();
  }

  #tell(): void {
    const part = this.#shown;
    this.#panel.tell(
      part && { facts: facts(part), line: this.#line, action: this.#toggleAction(part) },
    );
  }

  /** For a group that is selected; what is only pointed at is gone before its button is reached. */
  #toggleAction(part: SVGElement): Told['action'] {
    if (this.#group(part) === null) return null;
    const run = (): void => {
      this.#toggle(part);
    };
    return { word: isOpen(part) ? 'Close' : 'Open', run: part === this.#selected ? run : null };
  }

  /** Opens or closes what is a group; returns whether it is one. */
  #toggle(part: Element): boolean {
    const group = this.#group(part);
    if (group !== null) this.#handlers.onToggle?.(group);
    return group !== null;
  }

  /** The group that a part stands for, if it can be opened or closed. */
  #group(part: Element): string | null {
    return this.#handlers.onToggle === undefined ? null : groupOf(part);
  }

  #key(event: KeyboardEvent): void {
    const here = (event.target as Element).closest<SVGElement>(PART);
    if (here === null) return;
    if (event.key === 'Backspace') {
      // Whatever has the focus, the frame around it is closed.
      const around = isOpen(here) ? groupOf(here) : (dataOf(here, 'in') ?? null);
      if (around === null) return;
      event.preventDefault();
      this.#handlers.onToggle?.(around);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (this.#toggle(here)) return;
      this.#select(here === this.#selected ? null : here);
    } else if (event.key === 'Escape') {
      this.#select(null);
      here.blur();
    } else {
      const next = this.#neighbour(here, event.key);
      if (next === null) return;
      event.preventDefault();
      this.#makeReachable(next);
      next.focus();
    }
  }

  /**
   * Right and left lead along the connections. Where there are any, down and up lead through all parts in
   * their topological order; elsewhere to what is drawn there.
   */
  #neighbour(here: SVGElement, key: string): SVGElement | null {
    const all = this.#visible;
    const isConnected = all.some((part) => dataOf(part, 'next') !== undefined);
    const beside = (step: number): SVGElement | null => all[all.indexOf(here) + step] ?? null;
    switch (key) {
      case 'ArrowRight':
        return this.#linked(dataOf(here, 'next')) ?? drawnBeside(here, all, 'right');
      case 'ArrowLeft':
        return this.#linked(dataOf(here, 'previous')) ?? drawnBeside(here, all, 'left');
      case 'ArrowDown':
        return isConnected ? beside(1) : drawnBeside(here, all, 'down');
      case 'ArrowUp':
        return isConnected ? beside(-1) : drawnBeside(here, all, 'up');
      case 'Home':
        return all[0] ?? null;
      case 'End':
        return all.at(-1) ?? null;
      default:
        return null;
    }
  }

  /** The first of the ids whose part is seen. */
  #linked(ids: string | undefined): SVGElement | null {
    if (ids === undefined) return null;
    const seen = new Map<string | undefined, SVGElement>();
    for (const part of this.#visible) {
      const id = dataOf(part, 'node');
      if (!seen.has(id)) seen.set(id, part);
    }
    const first = ids.split(' ').find((id) => seen.has(id));
    return seen.get(first) ?? null;
  }
}

function facts(element: SVGElement): string[] {
  return (dataOf(element, 'facts') ?? dataOf(element, 'node') ?? '').split('\n');
}

function placeOf(element: SVGElement): CellPlace | null {
  const cell = dataOf(element, 'cell');
  const line = wholeNumber(dataOf(element, 'line'));
  if (cell === undefined || line === null) return null;
  return {
    cell: cell.replace(/\.py$/, ''),
    line,
    column: wholeNumber(dataOf(element, 'column')),
    endLine: wholeNumber(dataOf(element, 'endLine')),
    endColumn: wholeNumber(dataOf(element, 'endColumn')),
  };
}

/** What is drawn in a direction. */
function drawnBeside(here: SVGElement, all: SVGElement[], direction: Direction): SVGElement | null {
  const ways = waysBetween(
    all.map((part) => {
      const { left, top, width, height } = part.getBoundingClientRect();
      return [left + width / 2, top + height / 2];
    }),
  );
  const next = ways[all.indexOf(here)]?.[direction];
  return next === undefined ? null : (all[next] ?? null);
}
