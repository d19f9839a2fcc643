/** The button for the search, and its keys: `/` outside of text fields, Ctrl+K or Cmd+K anywhere. */

import { html, render } from 'lit';
import { openSearch } from './dialog';

export function openSearchButton(container: HTMLElement): void {
  render(
    html`<button
      type="button"
      class="quiet"
      title="Press / or Ctrl+K"
      aria-keyshortcuts="/ Control+K"
      @click=${openSearch}
    >
      Search
    </button>`,
    container,
  );
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || !asksForSearch(event)) return;
    event.preventDefault();
    openSearch();
  });
}

function asksForSearch(event: KeyboardEvent): boolean {
  if (event.key.toLowerCase() === 'k') {
    return (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  }
  // The editor is in a shadow root: the event's own target would be the element around it.
  const target = event.composedPath()[0];
  const typing =
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select'));
  return event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
}
