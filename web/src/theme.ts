/** Light, dark, or as the system has it. */

import { html, render } from 'lit';
import { forget, load, save } from './storage';
import { wording } from './wording';

type Theme = 'light' | 'dark' | null;

function stored(): Theme {
  const theme = load('theme');
  return theme === 'light' || theme === 'dark' ? theme : null;
}

function apply(theme: Theme): void {
  if (theme === null) delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Applies the stored choice and offers another one in `container`. */
export function openThemeChoice(container: HTMLElement): void {
  const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
  const draw = (): void => {
    const dark = (stored() ?? (systemIsDark.matches ? 'dark' : 'light')) === 'dark';
    const toggle = (): void => {
      const next = dark ? 'light' : 'dark';
      // Choosing what the system has anyway means following it again.
      if ((next === 'dark') === systemIsDark.matches) forget('theme');
      else save('theme', next);
      apply((next === 'dark') === systemIsDark.matches ? null : next);
      draw();
    };
    render(
      html`<button type="button" class="quiet" @click=${toggle}>
        ${wording(dark ? 'Light' : 'Dark')}<span class="visually-hidden"> colours</span>
      </button>`,
      container,
    );
  };
  apply(stored());
  systemIsDark.addEventListener('change', draw);
  draw();
}
