/** The output of one cell: text as text, values as pictures, errors, and questions. */

import { PATCH, TABLE } from '../contract';
import { dataOf } from '../diagram/attributes';
import { Diagram, type Moment, type Unfolding } from '../diagram/diagram';
import { LiveDiagram, readPatch } from '../diagram/patch';
import { NumbersTable } from '../diagram/table';
import { openGroups } from '../diagram/open-groups';
import type { ExplorerHandlers } from '../diagram/explorer';
import type { ErrorEvent, MimeBundle } from '../protocol';
import { type Ask, Unanswered } from '../runtime/questions';
import { findDiagram, richElement } from './rich';
import { print } from './terminal';

/** More text than this is not kept in the page; the session cuts far below it. */
const MAX_CHARACTERS = 400_000;
const MAX_RICH = 200;
/** Within this many pixels of its end, long output follows what is printed. */
const NEAR_END = 40;

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

export interface OutputHandlers {
  /** The reader points at something in a diagram that code has made; its line is returned. */
  onPoint: ExplorerHandlers['onPoint'];
  ask: Ask;
  /** Whether a program runs that can only answer when it has ended. */
  answersLater(): boolean;
  /** Runs the cell, to get a graph back that Python does not have. */
  rerun(): void;
}

export class Output {
  readonly #region: HTMLElement;
  readonly #handlers: OutputHandlers;
  #diagrams: Shown[] = [];
  /** The live ones by their names. */
  readonly #live = new Map<string, Live>();
  /** What the next run is to show, as a link asked for it. */
  #wanted: Wanted | null = null;
  /** What the present run has put by. */
  #kept: MimeBundle | null = null;
  #pendingText = '';
  #pendingKind: 'stdout' | 'stderr' = 'stdout';
  #frame = 0;
  #characters = 0;
  #rich = 0;
  #stale = false;

  constructor(region: HTMLElement, handlers: OutputHandlers) {
    this.#region = region;
    this.#handlers = handlers;
    for (const built of region.querySelectorAll('.py-text')) reachIfLong(built);
    for (const built of region.querySelectorAll('.py-rich')) {
      const svg = findDiagram(built);
      const tools = built.nextElementSibling;
      if (svg === null || !(tools instanceof HTMLElement)) continue;
      const table = new NumbersTable(tools.nextElementSibling);
      this.#enliven(svg, { element: built, tools, table }, null);
    }
  }

  /** The first diagram that the reader has stepped through, or selected something in. */
  get moment(): OutputMoment | null {
    for (const [place, { view, first }] of this.#diagrams.entries()) {
      const open = view.groups?.open ?? [];
      const isAsFirst = open.join(' ') === first.join(' ');
      if (view.moment !== null || !isAsFirst) {
        const moment = { ...view.moment, ...(!isAsFirst && { open }) };
        return { ...moment, diagram: this.#diagrams.length - 1 - place };
      }
    }
    return null;
  }

  /** Lets the diagrams of the next run begin at a moment. */
  want(moment: OutputMoment | null): void {
    this.#wanted = moment;
  }

  /** Points out what a line of a cell's code has made; null for no line. */
  showLine(cell: string, line: number | null): void {
    for (const { view } of this.#diagrams) view.showLine(cell, line);
  }

  /** A run begins: what is here stays, faded, until the run shows something or ends. */
  begin(): void {
    this.#flush();
    this.#kept = null;
    this.#stale = true;
    this.#region.classList.add('is-stale');
    // What stands below must not jump up and down while the new output comes.
    this.#region.style.minHeight = `${this.#region.offsetHeight}px`;
  }

  end(): void {
    this.#flush();
    this.#fresh();
    for (const { diagram } of this.#live.values()) diagram.flush();
    this.#region.style.minHeight = '';
    const wanted = this.#wanted;
    this.#wanted = null;
    const shown = wanted === null ? undefined : this.#diagrams.at(-1 - wanted.diagram);
    if (wanted !== null && shown !== undefined) void this.#begin(shown, wanted);
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
    if (!this.#diagrams.includes(shown) || problem?.reason === 'superseded') return;
    if (bundle !== null) {
      this.#redraw(shown, bundle, wanted, focus);
    } else if (problem?.reason === 'ended') {
      shown.view.say(`${problem.message} Try again.`);
    } else if (isAgain) {
      shown.view.say(
        problem?.message ??
          'It is too large to be kept. In code it can be opened: viz.graph(…, open=[…]).',
      );
    } else {
      const diagram = this.#diagrams.length - 1 - this.#diagrams.indexOf(shown);
      this.#wanted = { diagram, unfolding: wanted };
      shown.view.say('The code runs first, and then it opens.');
      this.#handlers.rerun();
    }
  }

  /** Puts a graph with other groups open in the place of what is shown of it. */
  #redraw(shown: Shown, bundle: MimeBundle, wanted: Unfolding, focus: boolean): void {
    const element = richElement(bundle);
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
    shown.view = this.#view(svg, shown.tools, bundle['image/svg+xml'] ?? null, () => shown);
    shown.view.settle(wanted, focus);
    // What was opened stays where it was on the screen.
    const newTop = shown.view.topOf(wanted.about);
    if (focus && top !== null && newTop !== null)
      scrollBy({ top: newTop - top, behavior: 'instant' });
  }

  clear(): void {
    this.#pendingText = '';
    this.#characters = 0;
    this.#rich = 0;
    this.#empty();
  }

  text(kind: 'stdout' | 'stderr', text: string): void {
    if (this.#characters > MAX_CHARACTERS) return;
    this.#characters += text.length;
    if (kind !== this.#pendingKind) this.#flush();
    this.#pendingKind = kind;
    this.#pendingText += text;
    if (this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#flush();
      });
    }
  }

  /** Puts something by, instead of what was put by before. */
  keep(bundle: MimeBundle): void {
    this.#kept = bundle;
  }

  /** Shows what was put by; whether there was anything. */
  showKept(): boolean {
    if (this.#kept === null) return false;
    this.display(this.#kept);
    this.#kept = null;
    return true;
  }

  display(bundle: MimeBundle): void {
    const patch = bundle[PATCH];
    if (patch !== undefined) {
      this.#patch(patch, bundle[TABLE]);
      return;
    }
    this.#flush();
    this.#fresh();
    this.#rich += 1;
    if (this.#rich === MAX_RICH) this.notice('Further results of this run are left out.');
    if (this.#rich >= MAX_RICH) return;
    const element = richElement(bundle);
    const svg = findDiagram(element);
    if (svg === null) {
      this.#region.append(element);
      return;
    }
    const before = this.#live.get(dataOf(svg, 'live') ?? '')?.shown;
    const tools = before?.tools ?? document.createElement('div');
    const table = before?.table ?? new NumbersTable();
    table.set(bundle[TABLE]);
    if (before === undefined) {
      tools.className = 'diagram-tools';
      this.#region.append(element, tools, table.element);
    } else {
      // A live diagram whose structure has changed: the same one, drawn anew.
      before.element.replaceWith(element);
      before.view.close();
      this.#diagrams = this.#diagrams.filter((each) => each !== before);
    }
    const live = dataOf(svg, 'live');
    // What a live one came as is not what it shows when it is saved.
    const original = live === undefined ? (bundle['image/svg+xml'] ?? null) : null;
    const shown = this.#enliven(svg, { element, tools, table }, original);
    if (live !== undefined) {
      this.#live.set(live, { shown, diagram: new LiveDiagram(svg) });
    }
  }

  #patch(json: string, numbers: string | undefined): void {
    const patch = readPatch(json);
    const live = patch === null ? undefined : this.#live.get(patch.live);
    if (patch === null || live === undefined) return;
    live.diagram.apply(patch);
    live.shown.table.set(numbers);
  }

  error(event: ErrorEvent): void {
    this.#flush();
    this.#fresh();
    const block = document.createElement('pre');
    block.className = 'py-text py-error';
    block.textContent = event.traceback;
    this.#region.append(block);
  }

  notice(text: string): void {
    this.#flush();
    this.#fresh();
    const paragraph = document.createElement('p');
    paragraph.className = 'notice';
    paragraph.textContent = text;
    this.#region.append(paragraph);
  }

  /** Asks what `input()` asks; `answer` is called once, with null where the input was closed. */
  ask(prompt: string, answer: (text: string | null) => void): void {
    this.#flush();
    this.#fresh();
    const form = document.createElement('form');
    form.className = 'py-input';
    const label = document.createElement('label');
    label.textContent = prompt || 'The program asks for input:';
    const field = document.createElement('input');
    field.autocomplete = 'off';
    field.setAttribute('autocapitalize', 'off');
    field.spellcheck = false;
    label.append(field);
    const send = document.createElement('button');
    send.textContent = 'Answer';
    form.append(label, send);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      form.remove();
      // The focus must not get lost with the field.
      this.#region.tabIndex = -1;
      this.#region.focus();
      answer(field.value);
    });
    this.#region.append(form);
    field.focus();
  }

  /** Takes a question away that nobody waits for any more. */
  closeQuestion(): void {
    this.#region.querySelector('.py-input')?.remove();
  }

  /** The first news of a run takes the place of the last run's output. */
  #fresh(): void {
    if (!this.#stale) return;
    this.#stale = false;
    this.#region.classList.remove('is-stale');
    this.#empty();
    this.#characters = this.#pendingText.length;
    this.#rich = 0;
  }

  #empty(): void {
    for (const { view } of this.#diagrams) view.close();
    this.#diagrams = [];
    this.#live.clear();
    this.#region.replaceChildren();
    this.#handlers.onPoint(null);
  }

  #enliven(
    svg: SVGSVGElement,
    place: Pick<Shown, 'element' | 'tools' | 'table'>,
    original: string | null,
  ): Shown {
    const view = this.#view(svg, place.tools, original, () => shown);
    const shown: Shown = { ...place, view, first: view.groups?.open ?? [] };
    this.#diagrams.push(shown);
    return shown;
  }

  #view(
    svg: SVGSVGElement,
    tools: HTMLElement,
    original: string | null,
    shown: () => Shown,
  ): Diagram {
    return new Diagram(svg, tools, original, {
      onPoint: (place) => this.#handlers.onPoint(place),
      onUnfold: (wanted) => void this.#unfold(shown(), wanted),
    });
  }

  #flush(): void {
    if (this.#pendingText === '') return;
    this.#fresh();
    const last = this.#region.lastElementChild;
    const wanted = this.#pendingKind === 'stderr' ? 'py-text py-stderr' : 'py-text';
    let block = last?.className === wanted ? last : null;
    if (block === null) {
      block = document.createElement('pre');
      block.className = wanted;
      block.append(document.createTextNode(''));
      this.#region.append(block);
    }
    const follows = block.scrollHeight - block.scrollTop - block.clientHeight < NEAR_END;
    const unfinished = block.lastChild as Text;
    const { finished, last: line } = print(unfinished.data, this.#pendingText);
    // New text nodes: appending to one long string would copy it again and again.
    if (finished !== '') unfinished.before(finished);
    unfinished.data = line;
    this.#pendingText = '';
    if (follows) block.scrollTop = block.scrollHeight;
    reachIfLong(block);
  }
}

/** What scrolls can be reached by keys. */
function reachIfLong(block: Element): void {
  if (block.scrollHeight > block.clientHeight) block.setAttribute('tabindex', '0');
}
