/** The output of one cell: text as text, values as pictures, errors, and questions. */

import { PATCH, TABLE } from '../contract';
import { offerFile } from '../files';
import type { ErrorEvent, MimeBundle } from '../protocol';
import { nextFrame, Slices } from '../slices';
import { type DiagramHandlers, Diagrams, type OutputMoment } from './diagrams';
import { type Kind, Printed } from './printed';
import { question } from './question';
import { watchLength } from './reach';
import { findDiagram, richElement } from './rich';

const MAX_RICH = 200;
/** Characters that are shown without a look at the clock. */
const MOST_AT_ONCE = 100_000;

/** What has come and is not shown yet; what shows text can take more of its kind. */
type News = { kind: Kind; texts: string[]; skipped: number } | (() => void) | (() => Promise<void>);

export class Output {
  readonly #region: HTMLElement;
  readonly #diagrams: Diagrams;
  #printed: Printed;
  /** What the present run has put by. */
  #kept: MimeBundle | null = null;
  #news: News[] = [];
  /** Is kept when everything that has come is shown. */
  #work: Promise<void> | null = null;
  /** Counts what was cleared: what was being made for it then is shown no more. */
  #cleared = 0;
  #rich = 0;
  #stale = false;

  constructor(region: HTMLElement, handlers: DiagramHandlers) {
    this.#region = region;
    this.#printed = new Printed(region);
    this.#diagrams = new Diagrams(handlers);
    for (const built of region.querySelectorAll('.py-text')) watchLength(built);
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
    this.#forgetNews();
    this.#kept = null;
    this.#stale = true;
    this.#region.classList.add('is-stale');
    // What stands below must not jump up and down while the new output comes.
    this.#region.style.minHeight = `${this.#region.offsetHeight}px`;
  }

  /** Kept when everything that the run has told is shown. */
  async end(): Promise<void> {
    while (this.#work !== null) await this.#work;
    this.#fresh();
    this.#region.style.minHeight = '';
    if (this.#printed.isCut) this.#offerFile(this.#printed);
    this.#diagrams.end();
  }

  clear(): void {
    this.#forgetNews();
    this.#rich = 0;
    this.#empty();
  }

  text(kind: Kind, text: string, skipped = 0): void {
    const last = this.#news.at(-1);
    if (typeof last === 'object' && last.kind === kind && skipped === 0) last.texts.push(text);
    else this.#tell({ kind, texts: [text], skipped });
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
    if (patch === undefined) this.#tell(() => this.#display(bundle));
    else {
      this.#tell(() => {
        this.#diagrams.patch(patch, bundle[TABLE]);
      });
    }
  }

  error(event: ErrorEvent): void {
    const block = document.createElement('pre');
    block.className = 'py-text py-error';
    block.textContent = event.traceback;
    this.#append(block);
    watchLength(block);
  }

  notice(text: string): void {
    const paragraph = document.createElement('p');
    paragraph.className = 'notice';
    // Words of the page, in the middle of the program's.
    paragraph.translate = true;
    paragraph.textContent = text;
    this.#append(paragraph);
  }

  /** Asks what `input()` asks; `answer` is called once, with null where the input was closed. */
  ask(prompt: string, answer: (text: string | null) => void): void {
    this.#tell(() => {
      this.#fresh();
      // A program waits for one answer at a time.
      if (this.#region.querySelector('.py-input') !== null) return;
      this.#printed.interrupt();
      question(this.#region, prompt, answer);
    });
  }

  /** Takes a question away that nobody waits for any more. */
  closeQuestion(): void {
    this.#tell(() => {
      this.#region.querySelector('.py-input')?.remove();
    });
  }

  /** Shows something when what has come before it is shown. */
  #tell(news: News): void {
    this.#news.push(news);
    this.#work ??= this.#showNews();
  }

  async #showNews(): Promise<void> {
    await nextFrame();
    const slices = new Slices();
    for (let news = this.#news.shift(); news !== undefined; news = this.#news.shift()) {
      try {
        await this.#show(news);
      } catch (error) {
        // What comes after it is shown all the same.
        reportError(error);
      }
      await slices.pause();
    }
    this.#work = null;
  }

  async #show(news: News): Promise<void> {
    if (typeof news === 'function') {
      await news();
      return;
    }
    this.#fresh();
    const slices = new Slices();
    let { skipped } = news;
    let part = '';
    for (const [place, text] of news.texts.entries()) {
      part += text;
      if (part.length < MOST_AT_ONCE && place < news.texts.length - 1) continue;
      this.#printed.add(news.kind, part, skipped);
      [part, skipped] = ['', 0];
      const cleared = this.#cleared;
      await slices.pause();
      if (this.#cleared !== cleared) return;
    }
  }

  #forgetNews(): void {
    this.#news = [];
    this.#cleared += 1;
  }

  #append(element: Element): void {
    this.#tell(() => {
      this.#fresh();
      this.#printed.interrupt();
      this.#region.append(element);
    });
  }

  async #display(bundle: MimeBundle): Promise<void> {
    this.#rich += 1;
    if (this.#rich === MAX_RICH) this.notice('Further results of this run are left out.');
    if (this.#rich >= MAX_RICH) return;
    const cleared = this.#cleared;
    const element = await richElement(bundle);
    if (this.#cleared !== cleared) return;
    this.#fresh();
    this.#printed.interrupt();
    const svg = findDiagram(element);
    if (svg === null) this.#region.append(element);
    else this.#diagrams.add(this.#region, element, svg, bundle[TABLE]);
    // The browser lays out one after the other, not all at once.
    await nextFrame();
  }

  /** The first news of a run takes the place of the last run's output. */
  #fresh(): void {
    if (!this.#stale) return;
    this.#stale = false;
    this.#region.classList.remove('is-stale');
    this.#empty();
    this.#rich = 0;
  }

  #empty(): void {
    this.#diagrams.clear();
    this.#region.replaceChildren();
    this.#printed = new Printed(this.#region);
  }

  #offerFile(printed: Printed): void {
    const paragraph = document.createElement('p');
    paragraph.className = 'notice';
    paragraph.translate = true;
    paragraph.append('The middle of what was printed is not shown. ');
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Download what was printed';
    button.addEventListener('click', () => {
      offerFile(new Blob(printed.file(), { type: 'text/plain' }), 'output.txt');
    });
    paragraph.append(button);
    this.#region.append(paragraph);
  }
}
