/** A diagram that comes alive: it can be stepped through, explored, pointed into, and saved. */

import { html, render } from 'lit';
import { DATA } from '../contract';
import { dataOf, wholeNumber } from './attributes';
import { Explorer, type ExplorerHandlers } from './explorer';
import { groupsOf, toggled, type Groups } from './groups';
import { savePng, saveSvg } from './save';
import { Stepper } from './stepper';

/** What of a diagram a link can carry: the step that is seen, and what is selected. */
export interface Moment {
  step?: number;
  node?: string;
  /** The groups of a large graph that are open. */
  open?: string[];
}

/** What the reader wants to see of a graph: these groups open, one of which has just been toggled. */
export interface Unfolding {
  groups: Groups;
  about: string;
  /** When the step that is seen happens; null for the complete picture. */
  time: number | null;
}

export interface DiagramHandlers extends Pick<ExplorerHandlers, 'onPoint'> {
  onUnfold(wanted: Unfolding): void;
}

export class Diagram {
  readonly #stepper: Stepper | null;
  readonly #explorer: Explorer | null;
  readonly #groups: Groups | null;
  readonly #news: HTMLElement | null;

  /**
   * @param svg the drawing, in the page already.
   * @param tools an element below it, with room for what belongs to the diagram.
   * @param changes whether the drawing changes in place, so that it is saved as it is at the moment.
   */
  constructor(svg: SVGSVGElement, tools: HTMLElement, changes: boolean, handlers: DiagramHandlers) {
    // Before anything is marked in it; what it is made of was let in by the page.
    const pristine = changes ? null : (svg.cloneNode(true) as SVGSVGElement);
    const groups = groupsOf(svg);
    this.#groups = groups;
    // What is announced is heard only where its element was there before.
    const news = tools.querySelector<HTMLElement>('.diagram-news') ?? newsElement();
    this.#news = groups === null ? null : news;
    tools.replaceChildren(...(groups === null ? [] : [news]));
    const toggle = (groups: Groups, about: string): void => {
      const open = toggled(svg, groups, about);
      handlers.onUnfold({ groups: { ...groups, open }, about, time: this.#stepper?.time ?? null });
    };
    if (dataOf(svg, 'narrow') !== undefined) followWidth(svg, tools);
    const steps = wholeNumber(dataOf(svg, 'steps'));
    const hasNodes = svg.querySelector(`[${DATA.node}]`) !== null;
    const add = (className: string): HTMLElement => {
      const element = document.createElement('div');
      element.className = className;
      tools.append(element);
      return element;
    };
    const bar = steps === null ? null : add('diagram-steps');
    const explorer = hasNodes
      ? new Explorer(svg, add('diagram-facts-room'), {
          onPoint: handlers.onPoint,
          onToggle:
            groups === null
              ? undefined
              : (about) => {
                  toggle(groups, about);
                },
        })
      : null;
    this.#explorer = explorer;
    this.#stepper =
      steps === null || bar === null
        ? null
        : new Stepper(svg, bar, steps, (caption) => explorer?.tell(caption));
    const save = add('diagram-save');
    const png = async (): Promise<void> => {
      try {
        await savePng(svg);
      } catch {
        render(html`<span>This browser cannot make a PNG of it; save the SVG.</span>`, save);
      }
    };
    render(
      html`
        <button
          type="button"
          class="quiet"
          @click=${() => {
            saveSvg(pristine ?? svg);
          }}
        >
          Save as SVG
        </button>
        <button type="button" class="quiet" @click=${() => void png()}>Save as PNG</button>
      `,
      save,
    );
  }

  /** What is seen at the moment, or null for the diagram as it came. */
  get moment(): Moment | null {
    const step = this.#stepper?.step ?? null;
    const node = this.#explorer?.selected ?? null;
    if (step === null && node === null) return null;
    return { ...(step !== null && { step }), ...(node !== null && { node }) };
  }

  /** What is open of a large graph. */
  get groups(): Groups | null {
    return this.#groups;
  }

  show({ step, node }: Moment): void {
    if (step !== undefined) this.#stepper?.goTo(step);
    if (node !== undefined) this.#explorer?.select(node);
  }

  /** Where a group is on the screen, from above. */
  topOf(group: string): number | null {
    return this.#explorer?.topOf(group) ?? null;
  }

  /** After a group was opened or closed: goes on from where the reader was, and says what is seen. */
  settle({ about, time, groups }: Unfolding, focus: boolean): void {
    if (time !== null) this.#stepper?.goToTime(time);
    const words = this.#explorer?.selectGroup(about, focus) ?? null;
    if (words === null) return;
    this.#announce(groups.open.includes(about) ? words : `Closed: ${words}`);
  }

  /** Says something below the numbers, and aloud. */
  say(words: string): void {
    this.#explorer?.say(words);
    this.#announce(words);
  }

  #announce(words: string): void {
    requestAnimationFrame(() => {
      if (this.#news !== null) this.#news.textContent = words;
    });
  }

  showLine(cell: string, line: number | null): void {
    this.#explorer?.showLine(cell, line);
  }

  close(): void {
    this.#stepper?.close();
  }
}

function newsElement(): HTMLElement {
  const news = document.createElement('p');
  news.className = 'diagram-news visually-hidden';
  news.setAttribute('aria-live', 'polite');
  return news;
}

/** From this width on, in CSS pixels, a diagram that is drawn twice shows the wide one; as in the CSS. */
const WIDE = 640;

function followWidth(svg: SVGSVGElement, beside: HTMLElement): void {
  const narrow = dataOf(svg, 'narrow');
  const wide = dataOf(svg, 'wide');
  if (!isViewBox(narrow) || !isViewBox(wide)) return;
  const follow = (): void => {
    const isNarrow = beside.clientWidth < WIDE;
    const box = isNarrow ? narrow : wide;
    const [, , width = '', height = ''] = box.split(' ');
    svg.classList.toggle('is-narrow', isNarrow);
    svg.setAttribute('viewBox', box);
    svg.setAttribute('width', width);
    svg.setAttribute('height', height);
  };
  // It ends with the element that it observes.
  new ResizeObserver(follow).observe(beside);
  follow();
}

function isViewBox(text: string | undefined): text is string {
  return text !== undefined && /^0 0 \d{1,5} \d{1,5}$/.test(text);
}
