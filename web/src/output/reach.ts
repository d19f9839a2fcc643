/** What scrolls can be reached by keys: whether a text scrolls changes with what it says and with the screen. */

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) reachIfLong(target);
});

/** Sees to it from now on, whatever size the block takes. */
export function watchLength(block: Element): void {
  sizes.observe(block);
}

/** Sees to it once: what is put into a block that has its full height changes no size. */
export function reachIfLong(block: Element): void {
  if (block.scrollHeight > block.clientHeight) block.setAttribute('tabindex', '0');
  else if (block !== document.activeElement) block.removeAttribute('tabindex');
}
