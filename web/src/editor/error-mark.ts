/** Marks in the editor where an error happened, until the code changes or runs again. */

import { StateEffect, StateField, type Text } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

/** Lines count from 1, columns from 0, as Python tells them. */
export interface ErrorPlace {
  line: number;
  column: number | null;
  endLine: number | null;
  endColumn: number | null;
}

const setPlace = StateEffect.define<ErrorPlace | null>();
const line = Decoration.line({ class: 'cm-errorLine' });
const spot = Decoration.mark({ class: 'cm-errorSpot' });

function decorate(doc: Text, place: ErrorPlace | null): DecorationSet {
  if (place === null || place.line < 1 || place.line > doc.lines) return Decoration.none;
  const first = doc.line(place.line);
  const marks = [line.range(first.from)];
  if (place.column !== null) {
    const last = doc.line(Math.min(Math.max(place.endLine ?? place.line, place.line), doc.lines));
    const from = Math.min(first.from + place.column, first.to);
    const to = Math.min(last.from + (place.endColumn ?? last.length), last.to);
    if (to > from) marks.push(spot.range(from, to));
  }
  return Decoration.set(marks, true);
}

export const errorMark = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setPlace)) return decorate(transaction.newDoc, effect.value);
    }
    return transaction.docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Marks `place`, and scrolls it into the editor's view; null takes the mark away. */
export function markError(view: EditorView, place: ErrorPlace | null): void {
  view.dispatch({ effects: setPlace.of(place) });
}
