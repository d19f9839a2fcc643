/** The output of one cell: text as text, values as pictures, errors, and questions. */

import { PATCH, TABLE } from '../contract';
import type { ErrorEvent, MimeBundle } from '../protocol';
import { type DiagramHandlers, Diagrams, type OutputMoment } from './diagrams';
import { findDiagram, richElement } from './rich';
import { print } from './terminal';

/** More text than this is not kept in the page; the session cuts far below it. */
const MAX_CHARACTERS = 400_000;
const MAX_RICH = 200;
/** Within this many pixels of its end, long output follows what is printed. */
const NEAR_END = 40;

export class Output {
  readonly #region: HTMLElement;
  readonly #diagrams: Diagrams;
  /** What the present run has put by. */
  #kept: MimeBundle | null = null;
  #pendingText = '';
  #pendingKind: 'stdout' | 'stderr' = 'stdout';
  #frame = 0;
  #characters = 0;
  #rich = 0;
  #stale = false;

  constructor(region: HTMLElement, handlers: DiagramHandlers) {
    this.#region = region;
    this.#diagrams = new Diagrams(handlers);
    for (const built of region.querySelectorAll('.py-text')) reachIfLong(built);
    this.#diagrams.adopt(region);
  }

  /** The first diagram that the reader has stepped through, or selected something in. */
  get moment(): OutputMoment | null {
    return this.#diagrams.moment;
  }

  /** Lets the diagrams of the next run begin at a moment. */
  want(moment: OutputMoment | null): void {
    this.#diagrams.want(moment);
  }

  /** Points out what a line of a cell's code has made; null for no line. */
  showLine(cell: string, line: number | null): void {
    this.#diagrams.showLine(cell, line);
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
    this.#region.style.minHeight = '';
    this.#diagrams.end();
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
      this.#diagrams.patch(patch, bundle[TABLE]);
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
    this.#diagrams.add(this.#region, element, svg, bundle);
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
    this.#diagrams.clear();
    this.#region.replaceChildren();
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
