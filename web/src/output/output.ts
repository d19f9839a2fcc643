/** The output of one cell: text as text, values as pictures, errors, and questions. */

import type { ErrorEvent, MimeBundle } from '../protocol';
import { richElement } from './rich';

/** More text than this is not kept in the page; the session cuts far below it. */
const MAX_CHARACTERS = 400_000;
const MAX_RICH = 200;

export class Output {
  readonly #region: HTMLElement;
  #pendingText = '';
  #pendingKind: 'stdout' | 'stderr' = 'stdout';
  #frame = 0;
  #characters = 0;
  #rich = 0;
  #stale = false;

  constructor(region: HTMLElement) {
    this.#region = region;
  }

  /** A run begins: what is here stays, faded, until the run shows something or ends. */
  begin(): void {
    this.#flush();
    this.#stale = true;
    this.#region.classList.add('is-stale');
    // What stands below must not jump up and down while the new output comes.
    this.#region.style.minHeight = `${this.#region.offsetHeight}px`;
  }

  end(): void {
    this.#flush();
    this.#fresh();
    this.#region.style.minHeight = '';
  }

  clear(): void {
    this.#pendingText = '';
    this.#characters = 0;
    this.#rich = 0;
    this.#region.replaceChildren();
  }

  text(kind: 'stdout' | 'stderr', text: string): void {
    if (this.#characters > MAX_CHARACTERS) return;
    this.#characters += text.length;
    if (kind !== this.#pendingKind) this.#flush();
    this.#pendingKind = kind;
    this.#pendingText += text;
    if (this.#frame === 0) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#flush();
      });
    }
  }

  display(bundle: MimeBundle): void {
    this.#flush();
    this.#fresh();
    this.#rich += 1;
    if (this.#rich === MAX_RICH) this.notice('Further results of this run are left out.');
    if (this.#rich < MAX_RICH) this.#region.append(richElement(bundle));
  }

  error(event: ErrorEvent): void {
    this.#flush();
    this.#fresh();
    const block = document.createElement('pre');
    block.className = 'py-text py-error';
    block.textContent = event.traceback;
    this.#region.append(block);
  }

  notice(text: string): void {
    this.#flush();
    this.#fresh();
    const paragraph = document.createElement('p');
    paragraph.className = 'notice';
    paragraph.textContent = text;
    this.#region.append(paragraph);
  }

  /** Asks what `input()` asks; `answer` is called once, with null where the input was closed. */
  ask(prompt: string, answer: (text: string | null) => void): void {
    this.#flush();
    this.#fresh();
    const form = document.createElement('form');
    form.className = 'py-input';
    const label = document.createElement('label');
    label.textContent = prompt || 'The program asks for input:';
    const field = document.createElement('input');
    field.autocomplete = 'off';
    field.setAttribute('autocapitalize', 'off');
    field.spellcheck = false;
    label.append(field);
    const send = document.createElement('button');
    send.textContent = 'Answer';
    form.append(label, send);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      form.remove();
      answer(field.value);
    });
    this.#region.append(form);
    field.focus();
  }

  /** Takes a question away that nobody waits for any more. */
  closeQuestion(): void {
    this.#region.querySelector('.py-input')?.remove();
  }

  /** The first news of a run takes the place of the last run's output. */
  #fresh(): void {
    if (!this.#stale) return;
    this.#stale = false;
    this.#region.classList.remove('is-stale');
    this.#region.replaceChildren();
    this.#characters = this.#pendingText.length;
    this.#rich = 0;
  }

  #flush(): void {
    if (this.#pendingText === '') return;
    this.#fresh();
    const last = this.#region.lastElementChild;
    const wanted = this.#pendingKind === 'stderr' ? 'py-text py-stderr' : 'py-text';
    let block = last?.className === wanted ? last : null;
    if (block === null) {
      block = document.createElement('pre');
      block.className = wanted;
      this.#region.append(block);
    }
    // A new text node each time: appending to one long string would copy it again and again.
    block.append(this.#pendingText);
    this.#pendingText = '';
  }
}
