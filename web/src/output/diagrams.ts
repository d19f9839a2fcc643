/** The diagrams of one output: where each stands, what of it is seen, and what changes in place. */

import { TABLE } from '../contract';
import { dataOf } from '../diagram/attributes';
import { Diagram, type Moment, type Unfolding } from '../diagram/diagram';
import type { ExplorerHandlers } from '../diagram/explorer';
import { openGroups } from '../diagram/open-groups';
import { LiveDiagram, readPatch } from '../diagram/patch';
import { NumbersTable } from '../diagram/table';
import type { MimeBundle } from '../protocol';
import { type Ask, Unanswered } from '../runtime/questions';
import { findDiagram, richElement } from './rich';

/** A diagram, and where it stands. */
interface Shown {
  element: Element;
  tools: HTMLElement;
  table: NumbersTable;
  view: Diagram;
  /** What was open of it when it came. */
  first: string[];
}

/** One that changes in place. */
interface Live {
  shown: Shown;
  diagram: LiveDiagram;
}

/** What of an output a link can carry: a moment of one of its diagrams, counted from the last, 0. */
export type OutputMoment = Moment & { diagram: number };

/** What the next run is to show: a moment, or what the reader wanted to see of the last run's graph. */
type Wanted = OutputMoment & { unfolding?: Unfolding };

export interface DiagramHandlers {
  /** The reader points at something in a diagram that code has made; its line is returned. */
  onPoint: ExplorerHandlers['onPoint'];
  ask: Ask;
  /** Whether a program runs that can only answer when it has ended. */
  answersLater(): boolean;
  /** Runs the cell, to get a graph back that Python does not have. */
  rerun(): void;
}

export class Diagrams {
  readonly #handlers: DiagramHandlers;
  #all: Shown[] = [];
  /** The live ones by their names. */
  readonly #live = new Map<string, Live>();
  /** What the next run is to show, as a link asked for it. */
  #wanted: Wanted | null = null;

  constructor(handlers: DiagramHandlers) {
    this.#handlers = handlers;
  }

  /** Brings those to life that stand in the page since it was built. */
  adopt(region: HTMLElement): void {
    for (const built of region.querySelectorAll('.py-rich')) {
      const svg = findDiagram(built);
      const tools = built.nextElementSibling;
      if (svg === null || !(tools instanceof HTMLElement)) continue;
      const table = new NumbersTable(tools.nextElementSibling);
      this.#enliven(svg, { element: built, tools, table }, false);
    }
  }

  /** Shows one that has come: behind what is in `region`, or in the place of an earlier drawing of it. */
  add(region: HTMLElement, element: Element, svg: SVGSVGElement, numbers?: string): void {
    const live = dataOf(svg, 'live');
    const before = this.#live.get(live ?? '')?.shown;
    const tools = before?.tools ?? document.createElement('div');
    const table = before?.table ?? new NumbersTable();
    table.set(numbers);
    if (before === undefined) {
      tools.className = 'diagram-tools';
      region.append(element, tools, table.element);
    } else {
      // A live diagram whose structure has changed: the same one, drawn anew.
      before.element.replaceWith(element);
      before.view.close();
      this.#all = this.#all.filter((each) => each !== before);
    }
    const shown = this.#enliven(svg, { element, tools, table }, live !== undefined);
    if (live !== undefined) this.#live.set(live, { shown, diagram: new LiveDiagram(svg) });
  }

  /** Changes a live one in place. */
  patch(json: string, numbers: string | undefined): void {
    const patch = readPatch(json);
    const live = patch === null ? undefined : this.#live.get(patch.live);
    if (patch === null || live === undefined) return;
    live.diagram.apply(patch);
    live.shown.table.set(numbers);
  }

  /** The first one that the reader has stepped through, or selected something in. */
  get moment(): OutputMoment | null {
    for (const [place, { view, first }] of this.#all.entries()) {
      const open = view.groups?.open ?? [];
      const isAsFirst = open.join(' ') === first.join(' ');
      if (view.moment !== null || !isAsFirst) {
        const moment = { ...view.moment, ...(!isAsFirst && { open }) };
        return { ...moment, diagram: this.#all.length - 1 - place };
      }
    }
    return null;
  }

  /** Lets those of the next run begin at a moment. */
  want(moment: OutputMoment | null): void {
    this.#wanted = moment;
  }

  /** Points out what a line of a cell's code has made; null for no line. */
  showLine(cell: string, line: number | null): void {
    for (const { view } of this.#all) view.showLine(cell, line);
  }

  /** A run has ended. */
  end(): void {
    for (const { diagram } of this.#live.values()) diagram.flush();
    const wanted = this.#wanted;
    this.#wanted = null;
    const shown = wanted === null ? undefined : this.#all.at(-1 - wanted.diagram);
    if (wanted !== null && shown !== undefined) void this.#begin(shown, wanted);
  }

  /** Lets go of all; their elements are the caller's to remove. */
  clear(): void {
    for (const { view } of this.#all) view.close();
    this.#all = [];
    this.#live.clear();
    this.#handlers.onPoint(null);
  }

  /** Lets a diagram of this run begin at a moment. */
  async #begin(shown: Shown, { open, unfolding, ...moment }: Wanted): Promise<void> {
    const { groups } = shown.view;
    if (unfolding !== undefined && groups !== null) {
      const now = { ...unfolding, groups: { ...groups, open: unfolding.groups.open } };
      await this.#unfold(shown, now, { isAgain: true });
    } else if (open !== undefined && groups !== null) {
      const about = open.at(-1) ?? groups.open.at(-1) ?? '';
      const all = { groups: { ...groups, open }, about, time: null };
      await this.#unfold(shown, all, { isAgain: true, focus: false });
    }
    shown.view.show(moment);
  }

  /** Opens and closes groups of a graph, in place. */
  async #unfold(
    shown: Shown,
    wanted: Unfolding,
    { isAgain = false, focus = true } = {},
  ): Promise<void> {
    const { graph, open } = wanted.groups;
    if (!isAgain && this.#handlers.answersLater()) {
      shown.view.say('It opens when the program has ended.');
    }
    let bundle: MimeBundle | null = null;
    let problem: Unanswered | null = null;
    try {
      bundle = await openGroups(this.#handlers.ask, graph, open);
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      problem = error;
    }
    if (!this.#all.includes(shown) || problem?.reason === 'superseded') return;
    if (bundle !== null) {
      await this.#redraw(shown, bundle, wanted, focus);
    } else if (problem?.reason === 'ended') {
      shown.view.say(`${problem.message} Try again.`);
    } else if (isAgain) {
      shown.view.say(
        problem?.message ??
          'It is too large to be kept. In code it can be opened: viz.graph(…, open=[…]).',
      );
    } else {
      const diagram = this.#all.length - 1 - this.#all.indexOf(shown);
      this.#wanted = { diagram, unfolding: wanted };
      shown.view.say('The code runs first, and then it opens.');
      this.#handlers.rerun();
    }
  }

  /** Puts a graph with other groups open in the place of what is shown of it. */
  async #redraw(
    shown: Shown,
    bundle: MimeBundle,
    wanted: Unfolding,
    focus: boolean,
  ): Promise<void> {
    const element = await richElement(bundle);
    if (!this.#all.includes(shown)) return;
    const svg = findDiagram(element);
    if (svg === null) {
      shown.view.say('With this open it is too large to be drawn. Close something else first.');
      return;
    }
    const top = shown.view.topOf(wanted.about);
    shown.view.close();
    const { scrollLeft } = shown.element;
    shown.element.replaceWith(element);
    element.scrollLeft = scrollLeft;
    shown.table.set(bundle[TABLE]);
    shown.element = element;
    shown.view = this.#view(svg, shown.tools, false, () => shown);
    shown.view.settle(wanted, focus);
    // What was opened stays where it was on the screen.
    const newTop = shown.view.topOf(wanted.about);
    if (focus && top !== null && newTop !== null)
      scrollBy({ top: newTop - top, behavior: 'instant' });
  }

  #enliven(
    svg: SVGSVGElement,
    place: Pick<Shown, 'element' | 'tools' | 'table'>,
    changes: boolean,
  ): Shown {
    const view = this.#view(svg, place.tools, changes, () => shown);
    const shown: Shown = { ...place, view, first: view.groups?.open ?? [] };
    this.#all.push(shown);
    return shown;
  }

  #view(svg: SVGSVGElement, tools: HTMLElement, changes: boolean, shown: () => Shown): Diagram {
    return new Diagram(svg, tools, changes, {
      onPoint: (place) => this.#handlers.onPoint(place),
      onUnfold: (wanted) => void this.#unfold(shown(), wanted),
    });
  }
}
