/** What a program prints, as a terminal would show it: a carriage return writes over its line. */

/** Colours and the like, which a page of text does not show. */
// eslint-disable-next-line no-control-regex
const ESCAPES = /\u001b\[[0-9;?]{0,40}[A-Za-z]/g;
/** The beginning of one, of which the rest may come with the next text. */
// eslint-disable-next-line no-control-regex
const ESCAPE_BEGUN = /\u001b(?:\[[0-9;?]{0,40})?$/;
/** No beginning is longer. */
const LONGEST_ESCAPE = 42;

/** The unfinished last line. */
export interface Line {
  text: string;
  /** Where the next character is written. */
  cursor: number;
  /** The beginning of an escape sequence. */
  held: string;
}

export const EMPTY: Line = { text: '', cursor: 0, held: '' };

/** Adds `text` to the unfinished last line; returns the lines that are finished, and the new last one. */
export function print(last: Line, text: string): { finished: string; last: Line } {
  const before =
    last.cursor < last.text.length ? `${last.text}\r${last.text.slice(0, last.cursor)}` : last.text;
  let added = (last.held + text).replace(ESCAPES, '');
  const held = ESCAPE_BEGUN.exec(added.slice(-LONGEST_ESCAPE))?.[0] ?? '';
  added = added.slice(0, added.length - held.length);
  const whole = (before + added).replaceAll('\r\n', '\n');
  const end = whole.lastIndexOf('\n') + 1;
  const finished = whole.slice(0, end);
  const line = whole.slice(end);
  const shown = overwritten(line);
  return {
    finished: finished.includes('\r') ? finished.split('\n').map(overwritten).join('\n') : finished,
    last: { text: shown, cursor: line.length - line.lastIndexOf('\r') - 1, held },
  };
}

/** A line with carriage returns in it, as it looks in the end. */
function overwritten(line: string): string {
  if (!line.includes('\r')) return line;
  // From the last backwards: of each part what reaches beyond all later ones is seen. Forwards, a line of
  // many returns would be copied as often.
  let shown = '';
  for (const part of line.split('\r').reverse()) {
    if (part.length > shown.length) shown += part.slice(shown.length);
  }
  return shown;
}
