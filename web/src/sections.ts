/** The sections of a page: links to them, and the one that is being read. */

import { openMenu } from './menu';

/** How far below the top of the window a heading counts as being read, in pixels. */
const READING_LINE = 120;
/** Milliseconds for which a link says that it was copied. */
const SAY = 2_000;

export function openSections(): void {
  openLinks();
  const menu = document.getElementById('contents-menu');
  if (menu instanceof HTMLDetailsElement) {
    openMenu(menu);
    follow(menu);
  }
}

/** Lets the link beside a heading copy its address. */
function openLinks(): void {
  const said = document.createElement('p');
  said.className = 'visually-hidden';
  said.setAttribute('aria-live', 'polite');
  document.body.append(said);
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.heading-link')) {
    link.addEventListener('click', () => {
      void copy(link, said);
    });
  }
}

async function copy(link: HTMLAnchorElement, said: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(link.href);
  } catch {
    said.textContent = 'The link is in the address bar.';
    return;
  }
  said.textContent = 'The link is on the clipboard.';
  link.dataset.copied = '';
  setTimeout(() => {
    delete link.dataset.copied;
    said.textContent = '';
  }, SAY);
}

/** Marks the section that is being read in all lists of contents, and names it in the menu. */
function follow(menu: HTMLElement): void {
  const headings = [...document.querySelectorAll<HTMLElement>('.article h2[id]')];
  const links = [...document.querySelectorAll<HTMLAnchorElement>('.contents a, .contents-menu a')];
  const name = menu.querySelector('.contents-current');
  let waiting = false;
  const mark = (): void => {
    waiting = false;
    const read = headings.findLast((each) => each.getBoundingClientRect().top < READING_LINE);
    for (const link of links) {
      if (link.hash === `#${read?.id ?? ''}`) link.setAttribute('aria-current', 'location');
      else link.removeAttribute('aria-current');
    }
    if (name !== null) name.textContent = read?.textContent ?? '';
  };
  addEventListener(
    'scroll',
    () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(mark);
    },
    { passive: true },
  );
  mark();
}
