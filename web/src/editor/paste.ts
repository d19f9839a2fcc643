/** Code as it comes from a course, a chat or a notebook, put right when it is pasted. */

import { isolateHistory } from '@codemirror/commands';
import { pythonLanguage } from '@codemirror/lang-python';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** What was done, in words for the reader, and the text that came of it. */
export interface Mended {
  text: string;
  done: string[];
}

/** Spaces that look like one, and are none to Python; what has no width at all is left out. */
const ODD_SPACE = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g;
const NO_WIDTH = /[\u200b-\u200d\u2060\ufeff]/g;
const DOUBLE_QUOTES = /[\u201c-\u201f\u2033]/g;
const SINGLE_QUOTES = /[\u2018-\u201b\u2032]/g;

/** To Python this is a name with an index, whose type is told. */
const NOTEBOOK_PROMPT = /^\s*In \[\d+\]:/gm;
const ODD = [ODD_SPACE, NO_WIDTH, DOUBLE_QUOTES, SINGLE_QUOTES, NOTEBOOK_PROMPT];

/** Its first statement stands in a block of nothing. */
const INDENTED = /^\s*?[ \t]+\S/;

/** An interpreter's or a notebook's prompt, or that of a line which continues a statement. */
const PROMPT = /^\s*(?:>>>|In \[\d+\]:)(?: |$)/m;
const PROMPTED = /^\s*(?:>>>|\.\.\.:?|In \[\d+\]:)(?: |$)/;
const FENCE = /^[ \t]*(```|~~~).*\n([^]*?)(?:^[ \t]*\1[ \t]*$|(?![^]))/gm;

const STEPS: [what: string, step: (text: string) => string][] = [
  ['the fence around it', withoutFences],
  ['prompts and what was printed between them', withoutPrompts],
  ['the indentation of all of it', dedented],
  ['spaces that Python does not know', (text) => outsideText(text, withPlainSpaces)],
  ['curly quotes', (text) => outsideText(text, withStraightQuotes)],
];

/**
 * What is better Python than `text`, and holds the same; null where the text is right as it is, or nothing
 * here makes it better. Each step is taken only if fewer places are wrong after it.
 *
 * @param isAll it is not put among other code, of which it could be a block.
 */
export function mend(text: string, isAll = true): Mended | null {
  const faults = (code: string): number => faultsIn(code) + (isAll && INDENTED.test(code) ? 1 : 0);
  let mended: Mended = { text, done: [] };
  let wrong = faults(text);
  for (const [what, step] of STEPS) {
    if (wrong === 0) break;
    const next = step(mended.text);
    if (next === mended.text) continue;
    const left = faults(next);
    if (left >= wrong) continue;
    mended = { text: next, done: [...mended.done, what] };
    wrong = left;
  }
  return mended.done.length > 0 ? mended : null;
}

/** How many places of it are no Python: the parser takes most characters for letters of a name. */
function faultsIn(text: string): number {
  let count = 0;
  const tree = pythonLanguage.parser.parse(text);
  tree.iterate({
    enter: (node) => {
      if (node.type.isError) count += 1;
    },
  });
  const countOdd = (code: string): string => {
    count += ODD.reduce((sum, characters) => sum + (code.match(characters)?.length ?? 0), 0);
    return code;
  };
  outsideText(text, countOdd, tree);
  return count;
}

function withoutFences(text: string): string {
  const blocks = [...`${text}\n`.matchAll(FENCE)].map(([, , inside = '']) => inside.trimEnd());
  return blocks.length === 0 ? text : `${blocks.join('\n\n')}\n`;
}

function withoutPrompts(text: string): string {
  if (!PROMPT.test(text)) return text;
  const lines = text.split('\n').filter((line) => PROMPTED.test(line));
  return lines.map((line) => line.replace(PROMPTED, '')).join('\n') + '\n';
}

function dedented(text: string): string {
  const lines = text.split('\n');
  const margins = lines
    .filter((line) => line.trim())
    .map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  const [first = ''] = margins;
  if (!margins.every((margin) => margin.startsWith(first))) return text;
  return lines.map((line) => (line.startsWith(first) ? line.slice(first.length) : line)).join('\n');
}

function withPlainSpaces(text: string): string {
  return text.replace(ODD_SPACE, ' ').replace(NO_WIDTH, '');
}

function withStraightQuotes(text: string): string {
  return text.replace(DOUBLE_QUOTES, '"').replace(SINGLE_QUOTES, "'");
}

/** Changes what is neither in a string nor in a comment: there, every character may be meant. */
function outsideText(
  text: string,
  change: (code: string) => string,
  tree = pythonLanguage.parser.parse(text),
): string {
  let changed = '';
  let place = 0;
  tree.iterate({
    enter: ({ name, from, to }) => {
      if (!/^(String|FormatString|Comment)$/.test(name)) return true;
      changed += change(text.slice(place, from)) + text.slice(from, to);
      place = to;
      return false;
    },
  });
  return changed + change(text.slice(place));
}

/** Puts right what is pasted, as a change of its own: one undo brings back what was pasted. */
export function mendPasted(onMended: (done: string[]) => void): Extension {
  return EditorView.domEventHandlers({
    paste: (event, view) => {
      const pasted = event.clipboardData?.getData('text/plain').replace(/\r\n?/g, '\n') ?? '';
      const { from, to } = view.state.selection.main;
      const line = view.state.doc.lineAt(from);
      // In the middle of a line it is a part of something else.
      if (from !== line.from || view.state.readOnly) return false;
      const mended = mend(pasted, to - from === view.state.doc.length);
      if (mended === null) return false;
      event.preventDefault();
      const put = (text: string, end: number): void => {
        view.dispatch({
          changes: { from, to: end, insert: text },
          selection: { anchor: from + text.length },
          annotations: isolateHistory.of('full'),
          userEvent: 'input.paste',
          scrollIntoView: true,
        });
      };
      put(pasted, to);
      put(mended.text, from + pasted.length);
      onMended(mended.done);
      return true;
    },
  });
}
