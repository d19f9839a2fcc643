/** The code editor of a cell: CodeMirror with one array of extensions. */

import { autocompletion, closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { python } from '@codemirror/lang-python';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import { errorMark } from './error-mark';
import { editorTheme } from './theme';

export interface EditorHandlers {
  onRun: () => void;
  onChange: (code: string) => void;
}

export function createEditor(code: string, { onRun, onChange }: EditorHandlers): EditorView {
  const run = (): boolean => {
    onRun();
    return true;
  };
  const extensions: Extension[] = [
    lineNumbers(),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    indentOnInput(),
    indentUnit.of('    '),
    EditorState.tabSize.of(4),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ activateOnTyping: false }),
    highlightActiveLine(),
    python(),
    errorMark,
    editorTheme,
    placeholder('Write Python here'),
    keymap.of([
      { key: 'Shift-Enter', run },
      { key: 'Mod-Enter', run },
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      // Escape, then Tab, leaves the editor: see `editor-help` in the page.
      indentWithTab,
    ]),
    EditorView.contentAttributes.of({ 'aria-label': 'Code', 'aria-describedby': 'editor-help' }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onChange(update.state.doc.toString());
    }),
  ];
  return new EditorView({ state: EditorState.create({ doc: code, extensions }) });
}

/** Replaces the whole text as one change that can be undone. */
export function replaceCode(view: EditorView, code: string): void {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: code } });
}
