/** What the builder wrote into the page for the scripts. */

import type { RuntimeAssets } from './runtime/runtime';

/** The runtime's files, or null on a page that runs nothing. */
export function runtimeAssets(): RuntimeAssets | null {
  const text = document.getElementById('playground-assets')?.textContent;
  return text ? (JSON.parse(text) as RuntimeAssets) : null;
}

/** The relative address of the site's root. */
export function siteRoot(): string {
  return document.body.dataset.root ?? './';
}
