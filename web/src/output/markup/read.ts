/**
 * Foreign markup as nodes of the page, made one by one of what is allowed.
 *
 * The browser never parses the markup itself. Its rules for mis-nested tags make many elements of few
 * characters, it reports every style and script in them as a breach of the page's policy, and it cannot be
 * interrupted. Here a reader tells of the tags, in slices and in time proportional to their number, and no
 * more than a known number of nodes comes to be. What is not on the list was never an element of the page.
 */

import { Parser } from 'htmlparser2';
import { Slices } from '../../slices';
import { allowedAttribute, DROPPED, ELEMENTS, type Namespace, SPANS } from './allowed';

export const MAX_MARKUP = 500_000;
export const MAX_ELEMENTS = 2_000;
export const MAX_DEPTH = 60;
/** Text is laid out at once, which takes the longest of all. */
export const MAX_TEXT = 50_000;

/** Columns and rows, beyond one, that the cells of tables span together: a table lays out all of them. */
export const MAX_SPANS = 2_000;

/** Characters that are read between two looks at the clock. */
const PIECE = 4_096;

const NAMESPACES: Record<Namespace, string> = {
  html: 'http://www.w3.org/1999/xhtml',
  svg: 'http://www.w3.org/2000/svg',
};

/** Markup that is not drawn, with the reason in words for the reader. */
export class Refusal extends Error {}

/**
 * What is allowed of `markup`. Rejects with a Refusal.
 *
 * @param kind what the program called it: SVG is read with XML's rules, which many write loosely.
 */
export async function readMarkup(markup: string, kind: Namespace): Promise<DocumentFragment> {
  if (markup.length > MAX_MARKUP) throw tooMuch(markup.length, 'characters', MAX_MARKUP);
  const slices = new Slices();
  const builder = new Builder();
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        builder.open(name, attributes);
      },
      onclosetag: () => {
        builder.close();
      },
      ontext: (text) => {
        builder.text(text);
      },
    },
    { xmlMode: kind === 'svg' },
  );
  for (let start = 0; start < markup.length; start += PIECE) {
    parser.write(markup.slice(start, start + PIECE));
    await slices.pause();
  }
  parser.end();
  return builder.fragment;
}

/** An open tag: where what is in it goes (null for nowhere), and how that is read. */
interface Open {
  into: Node | null;
  namespace: Namespace;
}

class Builder {
  readonly fragment = document.createDocumentFragment();
  readonly #open: Open[] = [{ into: this.fragment, namespace: 'html' }];
  #elements = 0;
  #characters = 0;
  #spanned = 0;

  open(written: string, attributes: Record<string, string>): void {
    if (++this.#elements > MAX_ELEMENTS) throw tooMuch(null, 'elements', MAX_ELEMENTS);
    if (this.#open.length > MAX_DEPTH) throw tooMuch(null, 'levels', MAX_DEPTH);
    const { into, namespace: outer } = this.#innermost;
    const lower = written.toLowerCase();
    const namespace = lower === 'svg' ? 'svg' : outer;
    const name = ELEMENTS[namespace].get(lower);
    if (into === null || (name === undefined && DROPPED.has(lower))) {
      this.#open.push({ into: null, namespace });
      return;
    }
    if (name === undefined) {
      this.#open.push({ into, namespace });
      return;
    }
    const element = document.createElementNS(NAMESPACES[namespace], name);
    for (const [each, value] of Object.entries(attributes)) {
      const allowed = allowedAttribute(namespace, each, value);
      if (allowed !== null && this.#spans(...allowed)) element.setAttribute(...allowed);
    }
    into.appendChild(element);
    this.#open.push({ into: element, namespace });
  }

  close(): void {
    if (this.#open.length > 1) this.#open.pop();
  }

  text(text: string): void {
    const { into } = this.#innermost;
    if (into === null) return;
    this.#characters += text.length;
    if (this.#characters > MAX_TEXT) throw tooMuch(null, 'characters of text', MAX_TEXT);
    if (into.lastChild instanceof Text) into.lastChild.appendData(text);
    else into.appendChild(document.createTextNode(text));
  }

  /** Whether a table's cell may span so much more. */
  #spans(name: string, value: string): boolean {
    if (SPANS.has(name)) this.#spanned += Number(value);
    return this.#spanned <= MAX_SPANS;
  }

  get #innermost(): Open {
    return this.#open.at(-1) ?? { into: null, namespace: 'html' };
  }
}

function tooMuch(found: number | null, what: string, most: number): Refusal {
  const has =
    found === null ? `more than ${most.toLocaleString('en')}` : found.toLocaleString('en');
  return new Refusal(`It has ${has} ${what}; at most ${most.toLocaleString('en')} are drawn.`);
}
