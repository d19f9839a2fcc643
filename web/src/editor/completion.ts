/** Completion: the library's names behind a dot, and Python's own and the program's elsewhere. */

import {
  autocompletion,
  closeCompletion,
  completionStatus,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  ifNotIn,
} from '@codemirror/autocomplete';
import { globalCompletion, localCompletionSource } from '@codemirror/lang-python';
import { type Extension, Prec } from '@codemirror/state';
import { type EditorView, keymap } from '@codemirror/view';
import { type Name, type Names, ownerOf } from './names';

const MEMBER = /[\w.]*\.\w*$/;

let loaded: Promise<Names | null> | null = null;

/** The list that the builder made; fetched when it is first wanted, and again if that has failed. */
function load(): Promise<Names | null> {
  loaded ??= fetch(document.body.dataset.names ?? '')
    .then((response) => (response.ok ? (response.json() as Promise<Names>) : null))
    .catch(() => null)
    .then((names) => {
      if (names === null) loaded = null;
      return names;
    });
  return loaded;
}

async function members(context: CompletionContext): Promise<CompletionResult | null> {
  const match = context.matchBefore(MEMBER);
  if (match === null) return null;
  const dot = match.text.lastIndexOf('.');
  const names = await load();
  if (names === null) return null;
  const code = context.state.doc.toString();
  const owner = ownerOf(code, match.text.slice(0, dot), names);
  // Of most names one can't tell what they are; in these programs they are tensors, if one asks.
  if (owner === null && !context.explicit) return null;
  const list = names[owner ?? 'Tensor'] ?? [];
  const word = match.text.slice(dot + 1);
  // Behind a whole name, Enter is to begin a new line and not to choose that name.
  if (!context.explicit && list.some(([name]) => name === word)) return null;
  return { from: match.from + dot + 1, options: list.map((each) => option(each)) };
}

function option([label, type, detail, info]: Name): Completion {
  return { label, type, detail, ...(info !== '' && { info }) };
}

/** Where no dot stands before. */
function elsewhere(
  source: (
    context: CompletionContext,
  ) => CompletionResult | null | Promise<CompletionResult | null>,
) {
  return (context: CompletionContext): ReturnType<typeof source> =>
    // As one types, a list that opens by itself would be in the way.
    context.explicit && context.matchBefore(MEMBER) === null ? source(context) : null;
}

/** Escape closes an open list and no more. One that is still awaited must not keep Escape from its work. */
function onEscape(view: EditorView): boolean {
  const isOpen = completionStatus(view.state) === 'active';
  closeCompletion(view);
  return isOpen;
}

export const completion: Extension = [
  Prec.highest(keymap.of([{ key: 'Escape', run: onEscape }])),
  autocompletion({
    icons: false,
    override: [
      ifNotIn(['String', 'FormatString', 'Comment'], members),
      elsewhere(localCompletionSource),
      elsewhere(globalCompletion),
    ],
  }),
];
