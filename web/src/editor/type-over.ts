/**
 * Typing a closing bracket that is there already, further down.
 *
 * The editor writes the closing bracket together with the opening one and, when Enter is pressed between
 * the two, moves it to a line of its own. Whoever then types the whole program, as it stands in a book,
 * types that bracket as well; without this it would be there twice.
 */

import { matchBrackets } from '@codemirror/language';
import { EditorView } from '@codemirror/view';

const CLOSING = /^[)\]}]$/;

export const typeOver = EditorView.inputHandler.of((view, from, to, text) => {
  const { state } = view;
  if (from !== to || !CLOSING.test(text) || state.readOnly) return false;
  const rest = state.sliceDoc(from, Math.min(from + 2_000, state.doc.length));
  const gap = /^\s*/.exec(rest)?.[0] ?? '';
  // Directly in front of it, the editor does so by itself.
  if (!gap.includes('\n') || rest[gap.length] !== text) return false;
  const end = from + gap.length + 1;
  const match = matchBrackets(state, end, -1);
  if (match?.matched !== true || match.end === undefined || match.end.from >= from) return false;
  view.dispatch({
    changes: { from, to: end, insert: text },
    selection: { anchor: from + 1 },
    userEvent: 'input.type',
    scrollIntoView: true,
  });
  return true;
});
