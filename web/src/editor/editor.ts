/** The code editor of a cell: CodeMirror with one array of extensions. */

import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import {
  defaultKeymap,
  history,
  historyKeymap,
  indentWithTab,
  isolateHistory,
} from '@codemirror/commands';
import { python } from '@codemirror/lang-python';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { Annotation, EditorState, type Extension, Transaction } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import codeCss from '../styles/code.css?inline';
import { completion } from './completion';
import { mendPasted } from './paste';
import { errorMark, pointMark } from './place-mark';
import { editorTheme } from './theme';
import { typeOver } from './type-over';

export interface EditorHandlers {
  onRun: () => void;
  /** The reader has changed the code. */
  onChange: () => void;
  /** What was put right in what the reader has pasted. */
  onMended: (done: string[]) => void;
  /** The line in which the reader's cursor is, counting from 1; null when it is elsewhere. */
  onLine: (line: number | null) => void;
}

/** The editor in an element of its own. */
export interface Editor {
  element: HTMLElement;
  view: EditorView;
  /** A text with nothing to be undone. */
  fresh: (code: string) => EditorState;
  /** Shows another text, with what can be undone in it. */
  show: (state: EditorState) => void;
}

/** Marks what was changed in another tab. */
const theirs = Annotation.define<true>();

const HELP = 'Shift and Enter together run the code. Escape, then Tab, leaves the editor.';

let codeSheet: CSSStyleSheet | null = null;

export function createEditor({ onRun, onChange, onMended, onLine }: EditorHandlers): Editor {
  const run = (): boolean => {
    onRun();
    return true;
  };
  let line: number | null = null;
  const extensions: Extension[] = [
    lineNumbers(),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    indentOnInput(),
    indentUnit.of('    '),
    EditorState.tabSize.of(4),
    bracketMatching(),
    typeOver,
    mendPasted(onMended),
    closeBrackets(),
    completion,
    highlightActiveLine(),
    python(),
    errorMark.extension,
    pointMark.extension,
    editorTheme,
    placeholder('Write Python here'),
    keymap.of([
      { key: 'Shift-Enter', run },
      { key: 'Mod-Enter', run },
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      indentWithTab,
    ]),
    EditorView.contentAttributes.of({
      'aria-label': 'Code',
      'aria-description': HELP,
      tabindex: '0',
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) {
        tellLines(update.state);
        if (!update.transactions.some((each) => each.annotation(theirs) === true)) onChange();
      }
      if (!update.selectionSet && !update.focusChanged && !update.docChanged) return;
      const { doc, selection } = update.state;
      const now = update.view.hasFocus ? doc.lineAt(selection.main.head).number : null;
      if (now !== line) onLine((line = now));
    }),
  ];
  // CodeMirror puts its styles into a <style> element, which the page's policy forbids, except in a
  // shadow root, where it adopts a constructed sheet.
  const element = document.createElement('div');
  element.className = 'py-editor';
  element.translate = false;
  const root = element.attachShadow({ mode: 'open' });
  const tellLines = (state: EditorState): void => {
    element.style.setProperty('--lines', String(state.doc.lines));
  };
  const fresh = (doc: string): EditorState => EditorState.create({ doc, extensions });
  const view = new EditorView({ state: fresh(''), parent: root, root });
  if (codeSheet === null) {
    codeSheet = new CSSStyleSheet();
    codeSheet.replaceSync(codeCss);
  }
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, codeSheet];
  const show = (state: EditorState): void => {
    view.setState(state);
    tellLines(state);
  };
  return { element, view, fresh, show };
}

/** Replaces the whole text as one change that can be undone. */
export function replaceCode(view: EditorView, code: string): void {
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: code },
    annotations: isolateHistory.of('full'),
  });
}

/** Follows what was changed in another tab: only where the texts differ, so that the cursor stays in its place. */
export function changeCode(view: EditorView, code: string): void {
  const before = view.state.doc.toString();
  const shorter = Math.min(before.length, code.length);
  let from = 0;
  while (from < shorter && before[from] === code[from]) from += 1;
  let behind = 0;
  while (behind < shorter - from && before.at(-1 - behind) === code.at(-1 - behind)) behind += 1;
  view.dispatch({
    changes: { from, to: before.length - behind, insert: code.slice(from, code.length - behind) },
    annotations: [theirs.of(true), Transaction.addToHistory.of(false)],
  });
}
