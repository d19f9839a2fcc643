/** What has changed in a live diagram, checked: the format is that of `backprop/viz/live/patch.py`. */

import { DATA } from '../contract';
import { dataOf } from './attributes';

export interface Patch {
  live: string;
  last: boolean;
  /** An element's key, an attribute or "text", and the new value. */
  changes: [number, string, string][];
}

/** The longest value, in characters: what a path of a diagram has, with room. */
const LONGEST = 50_000;
const LONGEST_TEXT = 1_000;

const NUMBER = /^-?\d{1,6}(\.\d{1,3})?$/;
const PATTERNS: Record<string, RegExp> = {
  class: /^[a-z0-9 -]*$/,
  cx: NUMBER,
  cy: NUMBER,
  d: /^[MmLlHhVvCcSsQqTtAaZz0-9 .,-]*$/,
  [DATA.facts]: /^[^]*$/,
  'fill-opacity': NUMBER,
  height: NUMBER,
  r: NUMBER,
  'stroke-width': NUMBER,
  text: /^[^]*$/,
  width: NUMBER,
  x: NUMBER,
  y: NUMBER,
};

/** The patch that `json` is, without what is not allowed; null where it is none at all. */
export function readPatch(json: string): Patch | null {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { live, last, changes } = value as Record<string, unknown>;
  if (typeof live !== 'string' || !Array.isArray(changes)) return null;
  return { live, last: last === true, changes: changes.filter(isChange) };
}

function isChange(value: unknown): value is [number, string, string] {
  if (!Array.isArray(value) || value.length !== 3) return false;
  const [key, name, text] = value as unknown[];
  return (
    Number.isSafeInteger(key) &&
    typeof name === 'string' &&
    typeof text === 'string' &&
    text.length <= (name === 'text' ? LONGEST_TEXT : LONGEST) &&
    Object.hasOwn(PATTERNS, name) &&
    PATTERNS[name]?.test(text) === true
  );
}

/** The elements of a live diagram, in which its patches are applied. */
export class LiveDiagram {
  readonly #elements = new Map<number, Element>();
  /** The newest value of each, until the next frame of the screen. */
  readonly #pending = new Map<string, [number, string, string]>();
  #frame = 0;

  constructor(svg: SVGSVGElement) {
    for (const each of [svg, ...svg.querySelectorAll(`[${DATA.key}]`)]) {
      this.#elements.set(Number(dataOf(each, 'key')), each);
    }
  }

  /** Takes what has changed; the screen shows it at its next frame, once however much came. */
  apply({ changes }: Patch): void {
    for (const change of changes) this.#pending.set(`${change[0]} ${change[1]}`, change);
    if (this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => {
        this.flush();
      });
    }
  }

  /** Shows everything that has come. */
  flush(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    for (const [key, name, value] of this.#pending.values()) {
      const element = this.#elements.get(key);
      if (element === undefined) continue;
      if (name === 'text') element.textContent = value;
      // The reader may have marked the element meanwhile.
      else if (name === 'class') setClasses(element, value);
      else element.setAttribute(name, value);
    }
    this.#pending.clear();
  }
}

const MARKS = ['is-shown', 'is-selected', 'is-of-line'];

function setClasses(element: Element, value: string): void {
  const kept = MARKS.filter((each) => element.classList.contains(each));
  element.setAttribute('class', [value, ...kept].join(' '));
}
