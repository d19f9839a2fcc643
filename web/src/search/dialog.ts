/** The dialog in which lessons and examples are searched. */

import { html, nothing, render, type TemplateResult } from 'lit';
import { siteRoot } from '../assets';
import type { Finder, Found, Section } from './find';
import { wording } from '../wording';

const LIST = 'search-results';

let dialog: SearchDialog | null = null;

export function openSearch(): void {
  dialog ??= new SearchDialog();
  dialog.open();
}

class SearchDialog {
  readonly #element = document.createElement('dialog');
  #finder: Finder | null = null;
  #problem = '';
  #query = '';
  #found: Found[] = [];
  #active = 0;

  constructor() {
    this.#element.className = 'search';
    this.#element.setAttribute('aria-label', 'Search');
    // A click beside the dialog is one on its backdrop, which belongs to it.
    this.#element.addEventListener('click', (event) => {
      if (event.target === this.#element) this.#element.close();
    });
    document.body.append(this.#element);
  }

  open(): void {
    this.#draw();
    if (!this.#element.open) this.#element.showModal();
    const box = this.#element.querySelector('input');
    box?.focus();
    box?.select();
    if (this.#finder === null) void this.#load();
  }

  async #load(): Promise<void> {
    this.#problem = '';
    try {
      // Loaded when first asked for, while the dialog takes what is typed already.
      const [{ Finder }, response] = await Promise.all([
        import('./find'),
        fetch(document.body.dataset.search ?? ''),
      ]);
      if (!response.ok) throw new Error(response.statusText);
      this.#finder = new Finder((await response.json()) as Section[]);
      this.#find(this.#query);
    } catch {
      this.#problem = 'What is searched could not be loaded. Close this and try again.';
      this.#draw();
    }
  }

  #find(query: string): void {
    this.#query = query;
    this.#found = this.#finder?.find(query) ?? [];
    this.#active = 0;
    this.#draw();
  }

  #onKey(event: KeyboardEvent): void {
    const count = this.#found.length;
    if (event.key === 'Enter') {
      event.preventDefault();
      this.#element.querySelector<HTMLElement>("[aria-selected='true']")?.click();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && count > 0) {
      event.preventDefault();
      this.#active = (this.#active + (event.key === 'ArrowDown' ? 1 : count - 1)) % count;
      this.#draw();
      this.#element.querySelector("[aria-selected='true']")?.scrollIntoView({ block: 'nearest' });
    }
  }

  #words(): string {
    if (this.#problem !== '') return this.#problem;
    if (this.#query.trim() === '') return '';
    if (this.#finder === null) return 'Loading…';
    if (this.#found.length === 0) return 'Nothing found. Try fewer or other words.';
    return this.#found.length === 1 ? '1 place' : `${this.#found.length} places`;
  }

  #draw(): void {
    render(
      html`<div class="search-box">
        <label class="visually-hidden" for="search-query">Search lessons and examples</label>
        <input
          id="search-query"
          type="search"
          role="combobox"
          aria-expanded=${this.#found.length > 0 ? 'true' : 'false'}
          aria-controls=${LIST}
          aria-autocomplete="list"
          aria-activedescendant=${this.#found.length > 0 ? `${LIST}-${this.#active}` : nothing}
          autocomplete="off"
          spellcheck="false"
          placeholder="Search lessons and examples"
          @input=${(event: InputEvent) => {
            this.#find((event.target as HTMLInputElement).value);
          }}
          @keydown=${(event: KeyboardEvent) => {
            this.#onKey(event);
          }}
        />
        <button
          type="button"
          class="quiet"
          @click=${() => {
            this.#element.close();
          }}
        >
          Close
        </button>
        <p class="search-words" aria-live="polite">${wording(this.#words())}</p>
        <div id=${LIST} role="listbox" aria-label="Places" class="search-results">
          ${this.#found.map((found, index) => this.#result(found, index))}
        </div>
      </div>`,
      this.#element,
    );
  }

  #result(found: Found, index: number): TemplateResult {
    const close = (): void => {
      this.#element.close();
    };
    return html`<a
      role="option"
      id="${LIST}-${index}"
      aria-selected=${index === this.#active ? 'true' : 'false'}
      tabindex="-1"
      href="${siteRoot()}${found.url}"
      @click=${close}
    >
      <span class="search-title"
        >${wording(found.heading === '' ? found.title : `${found.title} › ${found.heading}`)}</span
      >
      <span class="search-excerpt"
        >${found.excerpt.map((piece) =>
          piece.found ? html`<mark>${wording(piece.text)}</mark>` : wording(piece.text),
        )}</span
      >
    </a>`;
  }
}
