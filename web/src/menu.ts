/** A menu that unfolds: `<details>` that closes by itself. */

/** Closes `menu` when a link in it was chosen, by Escape, and by a click beside it. */
export function openMenu(menu: HTMLDetailsElement): void {
  const summary = menu.querySelector('summary');
  const close = (): void => {
    menu.open = false;
    summary?.focus();
  };
  menu.addEventListener('click', (event) => {
    if (event.target instanceof HTMLAnchorElement) close();
  });
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && menu.open) close();
  });
  document.addEventListener('click', (event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  });
}
