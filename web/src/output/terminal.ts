/** What a program prints, as a terminal would show it: a carriage return writes over its line. */

/** Colours and the like, which a page of text does not show. */
// eslint-disable-next-line no-control-regex
const ESCAPES = /\u001b\[[0-9;?]*[A-Za-z]/g;

/** Adds `text` to the unfinished last line; returns the lines that are finished, and the new last one. */
export function print(last: string, text: string): { finished: string; last: string } {
  const whole = last + text.replace(ESCAPES, '').replaceAll('\r\n', '\n');
  const end = whole.lastIndexOf('\n') + 1;
  const finished = whole.slice(0, end);
  return {
    finished: finished.includes('\r') ? finished.split('\n').map(overwritten).join('\n') : finished,
    last: keepOverwriting(whole.slice(end)),
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

/** A line that goes on: a return at its very end takes effect with what comes next. */
function keepOverwriting(line: string): string {
  return line.endsWith('\r') ? overwritten(line.slice(0, -1)) + '\r' : overwritten(line);
}
