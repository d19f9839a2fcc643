/** Long work in slices, between which the page answers. */

/** How long a slice is, in milliseconds: also in a browser six times slower a click comes in between soon. */
const SLICE = 8;

const turns = new MessageChannel();
const waiting: (() => void)[] = [];
turns.port1.onmessage = () => {
  waiting.shift()?.();
};

/** Kept after whatever the browser has to do first, such as answering a click. Timers are too slow for it. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    turns.port2.postMessage(null);
  });
}

export class Slices {
  #began = performance.now();

  /** To be awaited between two small pieces of work: gives way where the slice is over. */
  async pause(): Promise<void> {
    if (performance.now() - this.#began < SLICE) return;
    await nextTurn();
    this.#began = performance.now();
  }
}

/** The longest wait for the screen's next frame, in milliseconds: there is none while the page is hidden. */
const LONGEST_FRAME = 100;

/** Kept at the screen's next frame: what comes until then is shown at once. */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, LONGEST_FRAME);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
