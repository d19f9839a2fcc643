/** The picture of the first screen: the drawing of `playground/builder/opening.py`, with other numbers in it. */

import { numberAt, type Pass } from './network';
import { say } from './words';

const SVG = 'http://www.w3.org/2000/svg';

/** How blame is drawn, as the builder draws it. */
const PER_BLAME = 1.5;
const LEAST_BAND = 1.2;
const MOST_BAND = 16;
/** Of a neuron, in the drawing's units. */
const RADIUS = 24;

export type Colour = 'blame' | 'change';

export class Picture {
  readonly svg: SVGSVGElement;
  readonly parts: SVGGElement[];
  readonly #pulses: Element;
  readonly #scale: SVGElement;

  constructor(svg: SVGSVGElement) {
    this.svg = svg;
    this.parts = [...svg.querySelectorAll<SVGGElement>('.opening-part')];
    this.#pulses = find(svg, '.opening-pulses');
    this.#scale = find(svg, '.opening-scale') as SVGElement;
  }

  /** Everything as it is once the error has flowed back. */
  rest(pass: Pass, target: number): void {
    this.clearPulses();
    this.showValues(pass);
    this.showTarget(target);
    this.showAnswer(pass.answer);
    this.showGap(pass.answer, target, 1);
    this.showLoss(pass.loss);
    this.showGhost(null);
    this.colour('blame');
    for (const part of this.parts) this.showBlame(part, pass, 1);
  }

  showValues({ hidden, answer }: Pass): void {
    hidden.forEach((value, row) => {
      this.showValue(`hidden.bias.${row}`, value);
    });
    this.showValue('output.bias.0', answer);
  }

  /** What stands in a neuron, or nothing. */
  showValue(part: string, value: number | null): void {
    find(this.#part(part), '.opening-value').textContent = value === null ? '' : say(value);
  }

  /** A part's band, and in a neuron its number: as much of it as has arrived. */
  showBlame(part: SVGGElement, pass: Pass, share: number): void {
    const blame = numberAt(pass.blame, part.dataset.part ?? '');
    part.dataset.blame = String(blame);
    const full =
      blame === 0 ? 0 : Math.min(Math.max(Math.abs(blame) * PER_BLAME, LEAST_BAND), MOST_BAND);
    const width = full * share;
    const band = find(part, '.opening-band');
    band.setAttribute('stroke-width', width.toFixed(2));
    if (band.tagName === 'circle') band.setAttribute('r', (RADIUS + width / 2).toFixed(2));
    const said = part.querySelector('.opening-said');
    if (said !== null) said.textContent = share === 1 ? say(blame) : '';
  }

  /** By how much a step moves a neuron's bias, instead of its blame. */
  showChange(part: SVGGElement, change: number): void {
    const said = part.querySelector('.opening-said');
    if (said !== null) said.textContent = change > 0 ? `+${say(change)}` : say(change);
  }

  partsOf(start: string): SVGGElement[] {
    return this.parts.filter((part) => part.dataset.part?.startsWith(start));
  }

  /** Blame is orange; what a step makes of it is green. */
  colour(kind: Colour): void {
    this.svg.classList.toggle('is-change', kind === 'change');
  }

  showTarget(target: number): void {
    const group = find(this.svg, '.opening-target');
    group.setAttribute('transform', `translate(${this.#x} ${this.height(target)})`);
    find(group, '.opening-target-number').textContent = short(target);
  }

  /** Where the answer stands on the scale, or nothing. */
  showAnswer(answer: number | null): void {
    const marker = find(this.svg, '.opening-answer');
    const link = find(this.svg, '.opening-link');
    for (const each of [marker, link]) each.classList.toggle('is-hidden', answer === null);
    if (answer === null) return;
    const height = this.height(answer);
    marker.setAttribute('transform', `translate(${this.#x} ${height})`);
    link.setAttribute('y2', String(height));
  }

  /** The way from the answer to the target, as much of it as is shown. */
  showGap(answer: number, target: number, share: number): void {
    const gap = find(this.svg, '.opening-gap');
    const [from, to] = [this.height(answer), this.height(target)];
    gap.setAttribute('y1', String(from));
    gap.setAttribute('y2', String(from + (to - from) * share));
  }

  showLoss(loss: number | null): void {
    find(this.svg, '.opening-loss').textContent = loss === null ? '' : `loss ${say(loss)}`;
  }

  /** Where the answer will stand after a step, or nothing. */
  showGhost(answer: number | null): void {
    const ghost = find(this.svg, '.opening-ghost');
    ghost.classList.toggle('is-shown', answer !== null);
    if (answer !== null) ghost.setAttribute('cy', String(this.height(answer)));
  }

  /** Dots on their way along connections, from 0 to 1 in the direction of the values. */
  showPulses(parts: string[], at: number, kind: 'value' | 'blame'): void {
    const dots = parts.map((part) => {
      const line = this.#lineOf(part);
      const end = (name: string): number => Number(line.getAttribute(name));
      const dot = document.createElementNS(SVG, 'circle');
      dot.setAttribute('class', `opening-pulse is-${kind}`);
      dot.setAttribute('r', '4');
      dot.setAttribute('cx', (end('x1') + (end('x2') - end('x1')) * at).toFixed(1));
      dot.setAttribute('cy', (end('y1') + (end('y2') - end('y1')) * at).toFixed(1));
      return dot;
    });
    this.#pulses.replaceChildren(...dots);
  }

  clearPulses(): void {
    this.#pulses.replaceChildren();
  }

  /** Where a value stands on the scale, which it does not leave. */
  height(value: number): number {
    const { top, bottom, least, most } = this.range;
    const height = bottom + ((value - least) / (most - least)) * (top - bottom);
    return Math.round(Math.min(Math.max(height, top - 8), bottom + 8) * 10) / 10;
  }

  /** The value at a place of the screen. */
  valueAt(clientY: number): number {
    const { top, bottom, least, most } = this.range;
    const box = this.svg.getBoundingClientRect();
    const { y: begin, height } = this.svg.viewBox.baseVal;
    const y = begin + ((clientY - box.top) / box.height) * height;
    return least + ((y - bottom) / (top - bottom)) * (most - least);
  }

  get range(): { top: number; bottom: number; least: number; most: number } {
    const { top, bottom, least, most } = this.#scale.dataset;
    return { top: Number(top), bottom: Number(bottom), least: Number(least), most: Number(most) };
  }

  get #x(): number {
    return Number(this.#scale.dataset.x);
  }

  #part(name: string): SVGElement {
    const found = this.parts.find((part) => part.dataset.part === name);
    if (found === undefined) throw new Error(`the template has no ${name}`);
    return found;
  }

  #lineOf(part: string): Element {
    if (part === 'answer') return find(this.svg, '.opening-link');
    return find(this.#part(part), '.opening-line');
  }
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100).replace('-', '−');
}

/** An element of which the template has exactly one. */
export function find(inside: ParentNode, selector: string): Element {
  const found = inside.querySelector(selector);
  if (found === null) throw new Error(`the template has no ${selector}`);
  return found;
}
