/** The gallery's filter: the examples with one tag, which the address names. */

import { html, render } from 'lit';
import { wording } from './wording';

/** Offers the tags of the cards in `container`; without scripts all examples are listed. */
export function openGallery(container: HTMLElement): void {
  const cards = [...document.querySelectorAll<HTMLElement>('.card')];
  const tagsOf = (card: HTMLElement): string[] => (card.dataset.tags ?? '').split(',');
  const tags = [...new Set(cards.flatMap(tagsOf))].filter((tag) => tag !== '').sort();

  const show = (tag: string | null): void => {
    let shown = 0;
    for (const card of cards) {
      card.hidden = tag !== null && !tagsOf(card).includes(tag);
      if (!card.hidden) shown++;
    }
    const choice = (value: string | null): unknown =>
      html`<button
        type="button"
        aria-pressed=${value === tag ? 'true' : 'false'}
        @click=${() => {
          choose(value);
        }}
      >
        ${value ?? 'All'}
      </button>`;
    render(
      html`${[null, ...tags].map(choice)}
        <p aria-live="polite">${wording(`${shown} of ${cards.length} examples`)}</p>`,
      container,
    );
    container.setAttribute('role', 'group');
    container.setAttribute('aria-label', 'Filter by tag');
  };
  const choose = (tag: string | null): void => {
    const address = new URL(location.href);
    if (tag === null) address.searchParams.delete('tag');
    else address.searchParams.set('tag', tag);
    history.pushState(null, '', address);
    show(tag);
  };
  const follow = (): void => {
    const tag = new URL(location.href).searchParams.get('tag');
    show(tag !== null && tags.includes(tag) ? tag : null);
  };
  addEventListener('popstate', follow);
  follow();
}
