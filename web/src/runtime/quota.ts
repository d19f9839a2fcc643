/**
 * How much the page takes from a sandbox. The session keeps far below it; a program that reaches past the
 * session and floods the page with messages loses its worker before the page stops to respond.
 */

import type { WorkerEvent } from '../protocol';

/** Messages, and characters in them, that are taken at once and then per second. */
const MESSAGES = 5_000;
const CHARACTERS = 40_000_000;

export class Quota {
  #messages = MESSAGES;
  #characters = CHARACTERS;
  #time: number;
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#time = now();
  }

  /** Whether one more message is bearable; null is one that was not understood. */
  admit(message: WorkerEvent | null): boolean {
    const now = this.#now();
    const seconds = (now - this.#time) / 1000;
    this.#time = now;
    this.#messages = Math.min(MESSAGES, this.#messages + seconds * MESSAGES) - 1;
    this.#characters =
      Math.min(CHARACTERS, this.#characters + seconds * CHARACTERS) - characters(message);
    return this.#messages >= 0 && this.#characters >= 0;
  }
}

function characters(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, each) => sum + characters(each), 0);
}
