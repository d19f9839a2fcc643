/** The editor's look: the page's own tokens, and the classes that the builder's highlighting uses. */

import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Extension } from '@codemirror/state';

/** The class names are Pygments', so that code looks the same before and after the scripts have come. */
const highlighting = HighlightStyle.define([
  { tag: [tags.keyword, tags.controlKeyword, tags.operatorKeyword], class: 'hl-k' },
  { tag: [tags.definitionKeyword, tags.moduleKeyword], class: 'hl-kn' },
  { tag: [tags.bool, tags.null], class: 'hl-kc' },
  { tag: [tags.string, tags.special(tags.string)], class: 'hl-s' },
  { tag: tags.number, class: 'hl-mi' },
  { tag: tags.comment, class: 'hl-c1' },
  { tag: [tags.function(tags.definition(tags.variableName))], class: 'hl-nf' },
  { tag: tags.definition(tags.className), class: 'hl-nc' },
  { tag: tags.meta, class: 'hl-nd' },
]);

const look = EditorView.theme({
  '&': { backgroundColor: 'var(--code-background)', color: 'var(--text)' },
  // A click anywhere into a tall, empty editor is a click into its text.
  '&, .cm-scroller, .cm-content, .cm-gutter': { minHeight: 'inherit' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: 'var(--code-leading)' },
  '.cm-content': { padding: 'var(--code-pad) 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 var(--code-pad) 0 0.6rem' },
  '.cm-gutters': {
    backgroundColor: 'var(--code-background)',
    color: 'var(--text-faint)',
    border: 'none',
    width: 'var(--code-gutter)',
  },
  '.cm-lineNumbers': { width: '100%' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '0', padding: '0 0.2rem 0 0' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { backgroundColor: 'var(--line-active)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)', borderLeftWidth: '2px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { backgroundColor: 'var(--selection)' },
  '.cm-matchingBracket': { backgroundColor: 'var(--selection)', outline: 'none' },
  '.cm-errorLine': { backgroundColor: 'var(--error-background)' },
  '.cm-errorSpot': { textDecoration: 'underline wavy var(--error)', textUnderlineOffset: '0.2em' },
  '.cm-placeholder': { color: 'var(--text-soft)' },
  '.cm-pointedLine': { backgroundColor: 'var(--pointed)' },
  '.cm-pointedSpot': {
    outline: '1px solid var(--pointed-edge)',
    borderRadius: '2px',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--raised)',
    color: 'var(--text)',
    border: '1px solid var(--border)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'inherit',
    maxWidth: 'min(40rem, 92vw)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.3rem 0.6rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--selection)',
    color: 'var(--text)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionDetail': { fontStyle: 'normal', color: 'var(--text-soft)' },
  '.cm-tooltip.cm-completionInfo': { padding: '0.5rem 0.7rem', fontFamily: 'var(--sans)' },
  '.cm-panels': { backgroundColor: 'var(--raised)', color: 'var(--text)' },
  // Paper does not scroll; the numbers of lines have the heights of lines that are not wrapped.
  '@media print': {
    '.cm-scroller > .cm-content': {
      flexShrink: '1',
      minWidth: '0',
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
    },
    '.cm-scroller > .cm-gutters': { display: 'none' },
  },
});

export const editorTheme: Extension = [look, syntaxHighlighting(highlighting)];
