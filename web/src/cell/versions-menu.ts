/** The versions that a cell's code has replaced, to choose from. */

import { html, type TemplateResult } from 'lit';
import type { Reason, Version } from './versions';
import { wording } from '../wording';

const WHEN: Record<Reason, string> = {
  reset: 'Before the reset',
  open: 'Before a file was opened',
  change: 'Beside a change in another tab',
  solution: 'Before the solution',
  back: 'Before you went back',
};

/** Longer beginnings of code do not fit into a line of the list. */
const BEGINNING = 40;

export function earlierVersions(
  versions: Version[],
  onBringBack: (version: Version) => void,
): TemplateResult {
  return html`<details class="versions" @keydown=${closeByEscape}>
    <summary>Earlier versions</summary>
    <ul>
      ${versions.map(
        (each) =>
          html`<li>
            <button
              type="button"
              class="quiet"
              @click=${(event: Event) => {
                close(event.currentTarget);
                onBringBack(each);
              }}
            >
              ${wording(`${WHEN[each.why]}${time(each.at)}:`)}
              <code translate="no">${beginning(each.code)}</code>
            </button>
          </li>`,
      )}
    </ul>
  </details>`;
}

function close(within: EventTarget | null): void {
  const list = within instanceof Element ? within.closest('details') : null;
  if (list === null) return;
  list.open = false;
  list.querySelector('summary')?.focus();
}

function closeByEscape(event: KeyboardEvent): void {
  if (event.key === 'Escape') close(event.currentTarget);
}

function time(at: number): string {
  if (at === 0) return '';
  return `, ${new Date(at).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })}`;
}

function beginning(code: string): string {
  const line = code.trim().split('\n', 1)[0] ?? '';
  return line.length > BEGINNING ? `${line.slice(0, BEGINNING)}…` : line;
}
