/** Examples as a start for a script of one's own: `play/#from=xor`. */

import { siteRoot } from './assets';
import { openMenu } from './menu';

/** What a chat has put behind it is left alone. */
const FRAGMENT = /^from=([a-z0-9-]+)/;

/** An example that could not be fetched, with words for the reader. */
export class ExampleError extends Error {}

export interface Example {
  name: string;
  title: string;
  code: string;
}

/** The name of the example that a fragment (without `#`) asks for, or null where it asks for none. */
export function exampleIn(fragment: string): string | null {
  return FRAGMENT.exec(fragment)?.[1] ?? null;
}

/** Fetches an example's file from this site. Rejects with ExampleError. */
export async function fetchExample(name: string): Promise<Example> {
  const known = exampleLinks().find((each) => each.name === name);
  if (known === undefined) {
    throw new ExampleError('There is no example of this name. Perhaps it has been renamed.');
  }
  try {
    const response = await fetch(`${siteRoot()}examples/${name}/${known.file}`);
    if (response.ok) return { name, title: known.title, code: await response.text() };
  } catch {
    // The network failed, and the words below say so.
  }
  throw new ExampleError(`The example “${known.title}” could not be loaded. Try again.`);
}

const LIST = 'example-list';

interface ExampleLink {
  name: string;
  title: string;
  file: string;
}

/** The examples that the builder listed in this page. */
function exampleLinks(): ExampleLink[] {
  return anchors().map((each) => ({
    name: each.dataset.name ?? '',
    title: each.textContent.trim(),
    file: each.dataset.file ?? '',
  }));
}

function anchors(): HTMLAnchorElement[] {
  return [...document.querySelectorAll<HTMLAnchorElement>(`#${LIST} a`)];
}

/** Lets the listed examples open here, instead of leading to their pages. */
export function openExampleMenu(): void {
  const list = document.getElementById(LIST);
  if (!(list instanceof HTMLDetailsElement)) return;
  for (const anchor of anchors()) anchor.href = `#from=${anchor.dataset.name ?? ''}`;
  openMenu(list);
}
