/** Marks in the editor: where an error happened, and what made the thing that a reader points at. */

import { StateEffect, StateField, type Extension, type Text } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

/** A piece of code; lines count from 1, columns from 0, as Python tells them. */
export interface CodePlace {
  line: number;
  column: number | null;
  endLine: number | null;
  endColumn: number | null;
}

interface PlaceMark {
  extension: Extension;
  /** Marks `place`, until the code changes; null takes the mark away. */
  set(view: EditorView, place: CodePlace | null): void;
}

function placeMark(lineClass: string, spotClass: string): PlaceMark {
  const setPlace = StateEffect.define<CodePlace | null>();
  const line = Decoration.line({ class: lineClass });
  const spot = Decoration.mark({ class: spotClass });

  const decorate = (doc: Text, place: CodePlace | null): DecorationSet => {
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
  };

  const field = StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(marks, transaction) {
      for (const effect of transaction.effects) {
        if (effect.is(setPlace)) return decorate(transaction.newDoc, effect.value);
      }
      return transaction.docChanged ? Decoration.none : marks;
    },
    provide: (marks) => EditorView.decorations.from(marks),
  });

  return {
    extension: field,
    set: (view, place) => {
      view.dispatch({ effects: setPlace.of(place) });
    },
  };
}

/** Where an error happened. */
export const errorMark = placeMark('cm-errorLine', 'cm-errorSpot');

/** What made the thing in a diagram that the reader points at. */
export const pointMark = placeMark('cm-pointedLine', 'cm-pointedSpot');
