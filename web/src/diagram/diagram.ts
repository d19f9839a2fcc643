/** A diagram that comes alive: it can be stepped through, explored, pointed into, and saved. */

import { html, render } from 'lit';
import { wholeNumber } from './attributes';
import { Explorer, type ExplorerHandlers } from './explorer';
import { savePng, saveSvg } from './save';
import { Stepper } from './stepper';

/** What of a diagram a link can carry: the step that is seen, and what is selected. */
export interface Moment {
  step?: number;
  node?: string;
}

export class Diagram {
  readonly #stepper: Stepper | null;
  readonly #explorer: Explorer | null;

  /**
   * @param svg the drawing, in the page already.
   * @param tools an element below it, with room for what belongs to the diagram.
   * @param original the SVG as Python made it, where the page still has it.
   */
  constructor(
    svg: SVGSVGElement,
    tools: HTMLElement,
    original: string | null,
    handlers: ExplorerHandlers,
  ) {
    tools.replaceChildren();
    if (svg.dataset.narrow !== undefined) followWidth(svg, tools);
    const steps = wholeNumber(svg.dataset.steps);
    const hasNodes = svg.querySelector('[data-node]') !== null;
    const add = (className: string): HTMLElement => {
      const element = document.createElement('div');
      element.className = className;
      tools.append(element);
      return element;
    };
    const bar = steps === null ? null : add('diagram-steps');
    const explorer = hasNodes ? new Explorer(svg, add('diagram-facts-room'), handlers) : null;
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
            saveSvg(svg, original);
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

  show({ step, node }: Moment): void {
    if (step !== undefined) this.#stepper?.goTo(step);
    if (node !== undefined) this.#explorer?.select(node);
  }

  showLine(cell: string, line: number | null): void {
    this.#explorer?.showLine(cell, line);
  }

  close(): void {
    this.#stepper?.close();
  }
}

/** From this width on, in CSS pixels, a diagram that is drawn twice shows the wide one; as in the CSS. */
const WIDE = 640;

function followWidth(svg: SVGSVGElement, beside: HTMLElement): void {
  const { narrow, wide } = svg.dataset;
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
