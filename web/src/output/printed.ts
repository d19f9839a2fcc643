/**
 * What a run prints, as the page shows it: the beginning and the end, and all of it as a file.
 *
 * Text stands in pieces of some lines, each a box of its own: a browser that lays out a long text anew with
 * each line that is added soon does nothing else, and pieces out of sight need no layout at all.
 */

import { reachIfLong, watchLength } from './reach';
import { EMPTY, type Line, print } from './terminal';

/** Lines, and characters, that are shown of the beginning and again of the end. */
export const MOST_LINES = 5_000;
export const MOST_CHARACTERS = 100_000;
/** What is kept for the file, in characters. */
export const MOST_KEPT = 20_000_000;

const PIECE_LINES = 100;
const PIECE_CHARACTERS = 8_000;
/** A longer line is broken; its end can be written over no more. */
const LONGEST_LINE = 8_000;

/** Within this many pixels of its end, long output follows what is printed. */
const NEAR_END = 40;

export type Kind = 'stdout' | 'stderr';

interface Piece {
  element: HTMLElement;
  lines: number;
  characters: number;
}

/** What was printed before a piece: so many lines and characters. */
interface Extent {
  lines: number;
  characters: number;
}

export class Printed {
  readonly #region: HTMLElement;
  #block: HTMLElement | null = null;
  #piece: Piece | null = null;
  /** The unfinished last line, as its own text behind all others of its piece. */
  #last = document.createTextNode('');
  #line: Line = EMPTY;
  readonly #head: Extent = { lines: 0, characters: 0 };
  /** The finished pieces of the end, the oldest first. */
  readonly #tail: Piece[] = [];
  readonly #tailExtent: Extent = { lines: 0, characters: 0 };
  /** Stands where something is left out. */
  #gap: HTMLElement | null = null;
  #linesLeftOut = 0;
  /** For the file: the beginning; and the end, once there was too much to keep all. */
  readonly #kept: string[] = [];
  #charactersKept = 0;
  #keptOfEnd: string[] = [];
  #charactersOfEnd = 0;
  #charactersLost = 0;

  constructor(region: HTMLElement) {
    this.#region = region;
  }

  /** Whether something is not shown. */
  get isCut(): boolean {
    return this.#gap !== null || this.#charactersLost > 0;
  }

  /** Everything that was printed, or what is there of it, with a word about what is not. */
  file(): string[] {
    const lost = this.#charactersLost.toLocaleString('en');
    const word = `\n[... ${lost} characters are missing here: more was printed than is kept ...]\n`;
    const middle = this.#charactersLost > 0 ? [word] : [];
    return [...this.#kept, ...middle, ...this.#keptOfEnd, this.#last.data];
  }

  /** Takes `text`; `skipped` characters before it never came. */
  add(kind: Kind, text: string, skipped = 0): void {
    const block = this.#blockOf(kind);
    if (skipped > 0) this.#lose(skipped);
    const follows = block.scrollHeight - block.scrollTop - block.clientHeight < NEAR_END;
    const { finished, last } = print(this.#line, text);
    this.#line = last;
    this.#last.data = '';
    if (finished !== '') this.#finish(finished);
    if (last.text.length <= LONGEST_LINE) this.#last.data = last.text;
    else this.#breakLine();
    if (follows) block.scrollTop = block.scrollHeight;
    reachIfLong(block);
  }

  /** Something else is shown next: text that comes later stands below it. */
  interrupt(): void {
    if (this.#block === null) return;
    // Whatever comes, this line stays as it is.
    this.#breakLine();
    this.#closePiece();
    this.#block = null;
  }

  #breakLine(): void {
    const { text } = this.#line;
    this.#line = EMPTY;
    this.#last.data = '';
    if (text !== '') this.#finish(text);
  }

  #blockOf(kind: Kind): HTMLElement {
    const wanted = kind === 'stderr' ? 'py-text py-stderr' : 'py-text';
    if (this.#block?.className === wanted) return this.#block;
    this.interrupt();
    const block = document.createElement('pre');
    block.className = wanted;
    this.#region.append(block);
    watchLength(block);
    this.#block = block;
    this.#openPiece();
    return block;
  }

  #openPiece(): Piece {
    const element = document.createElement('div');
    element.className = 'py-lines';
    this.#last = document.createTextNode('');
    element.append(this.#last);
    this.#block?.append(element);
    this.#piece = { element, lines: 0, characters: 0 };
    return this.#piece;
  }

  /** Puts text behind what is finished. */
  #finish(text: string): void {
    this.#keep(text);
    let from = this.#skipMiddle(text);
    while (from < text.length) {
      const piece = this.#piece ?? this.#openPiece();
      const { until, lines, isFull } = cut(text, from, PIECE_LINES - piece.lines);
      this.#last.before(text.slice(from, until));
      piece.lines += lines;
      piece.characters += until - from;
      from = until;
      if (!isFull && piece.characters < PIECE_CHARACTERS) continue;
      this.#closePiece();
      this.#openPiece();
    }
  }

  /** Of more text than the end can hold, only that is ever put into the page; returns where it begins. */
  #skipMiddle(text: string): number {
    if (!this.#headIsFull || text.length <= MOST_CHARACTERS) return 0;
    const from = text.length - MOST_CHARACTERS;
    this.#linesLeftOut += countLines(text, 0, from);
    this.#markGap();
    return from;
  }

  #keep(text: string): void {
    if (this.#keptOfEnd.length === 0 && this.#charactersKept + text.length <= MOST_KEPT) {
      this.#kept.push(text);
      this.#charactersKept += text.length;
      return;
    }
    this.#keptOfEnd.push(text);
    this.#charactersOfEnd += text.length;
    for (
      let [oldest] = this.#keptOfEnd;
      oldest !== undefined && this.#charactersOfEnd - oldest.length >= MOST_CHARACTERS;
      [oldest] = this.#keptOfEnd
    ) {
      this.#keptOfEnd.shift();
      this.#charactersOfEnd -= oldest.length;
      this.#charactersLost += oldest.length;
    }
  }

  /** So much never came: what is kept of the end begins behind it. */
  #lose(skipped: number): void {
    this.#charactersLost += skipped + this.#charactersOfEnd;
    this.#charactersOfEnd = 0;
    // Not empty: what comes belongs to the end, however little was printed before.
    this.#keptOfEnd = [''];
    this.#closeHead();
    this.#markGap();
  }

  get #headIsFull(): boolean {
    return this.#head.lines >= MOST_LINES || this.#head.characters >= MOST_CHARACTERS;
  }

  #closeHead(): void {
    if (this.#headIsFull) return;
    this.#closePiece();
    this.#head.lines = MOST_LINES;
    this.#openPiece();
  }

  #closePiece(): void {
    const piece = this.#piece;
    this.#piece = null;
    if (piece === null) return;
    if (piece.characters === 0) {
      piece.element.remove();
      return;
    }
    piece.element.style.setProperty('--lines', String(Math.max(piece.lines, 1)));
    const extent = this.#headIsFull ? this.#tailExtent : this.#head;
    if (extent === this.#tailExtent) this.#tail.push(piece);
    extent.lines += piece.lines;
    extent.characters += piece.characters;
    while (isBeyond(this.#tailExtent)) this.#dropOldest();
  }

  #dropOldest(): void {
    const oldest = this.#tail.shift();
    if (oldest === undefined) return;
    this.#tailExtent.lines -= oldest.lines;
    this.#tailExtent.characters -= oldest.characters;
    this.#linesLeftOut += oldest.lines;
    if (this.#gap === null) oldest.element.before(this.#makeGap());
    const block = oldest.element.parentElement;
    oldest.element.remove();
    if (block?.childElementCount === 0 && block !== this.#block) block.remove();
    this.#markGap();
  }

  #makeGap(): HTMLElement {
    this.#gap = document.createElement('div');
    this.#gap.className = 'py-gap';
    return this.#gap;
  }

  #markGap(): void {
    if (this.#gap === null) (this.#tail[0] ?? this.#piece)?.element.before(this.#makeGap());
    const lines = this.#linesLeftOut.toLocaleString('en');
    if (this.#gap !== null) {
      this.#gap.textContent =
        this.#linesLeftOut > 0 ? `[... ${lines} lines are not shown ...]\n` : '[...]\n';
    }
  }
}

function isBeyond({ lines, characters }: Extent): boolean {
  return lines > MOST_LINES || characters > MOST_CHARACTERS;
}

/** Where a piece that takes so many more lines ends, if possible behind a line; and whether it is full then. */
function cut(
  text: string,
  from: number,
  most: number,
): { until: number; lines: number; isFull: boolean } {
  const part = text.slice(from, from + PIECE_CHARACTERS);
  let [end, lines] = [0, 0];
  while (lines < most) {
    const next = part.indexOf('\n', end) + 1;
    if (next === 0) break;
    end = next;
    lines += 1;
  }
  if (lines === most) return { until: from + end, lines, isFull: true };
  const isWhole = from + part.length === text.length;
  const until = isWhole || end === 0 ? from + part.length : from + end;
  return { until, lines, isFull: !isWhole };
}

function countLines(text: string, from: number, until: number): number {
  let lines = 0;
  for (
    let at = text.indexOf('\n', from);
    at !== -1 && at < until;
    at = text.indexOf('\n', at + 1)
  ) {
    lines += 1;
  }
  return lines;
}
