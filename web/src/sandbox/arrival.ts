/** Files of packages that reach the worker after Python is ready. */

import type { Archive } from '../snapshot/archive';

/** Code that reads files of packages itself, or imports where nothing can wait: in a task. */
const READS_FILES = /\b(inspect|importlib|pkgutil|site-packages|runpy|await|async|asyncio)\b/;

/** What is on its way. Python that needs it waits, and takes it in itself; what runs without is not held up. */
export class Arrival {
  readonly #takeIn: (files: Archive) => void;
  #state: 'awaited' | 'brought' | 'over' = 'awaited';
  #files: Archive = new Map();
  /** Why it is not here. */
  #reason: string | null = null;
  readonly #waiting = new Set<(reason: string | null) => void>();

  /** @param takeIn puts the files where Python looks for them. */
  constructor(takeIn: (files: Archive) => void) {
    this.#takeIn = takeIn;
  }

  /** The page asks for what was missing once more, at every run. */
  begin(): void {
    this.#reason = null;
  }

  /** Whether this code has to wait before it begins. */
  holds(source: string, canWaitLater: boolean): boolean {
    return this.#state !== 'over' && (!canWaitLater || READS_FILES.test(source));
  }

  /** Kept with null when all is there, or with the reason why it is not. */
  wait(): Promise<string | null> {
    this.settle();
    if (this.#state === 'over' || this.#reason !== null) return Promise.resolve(this.#reason);
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  bring(files: Archive): void {
    this.#files = files;
    this.#state = 'brought';
    if (this.#waiting.size > 0) this.settle();
  }

  miss(reason: string): void {
    this.#reason = reason;
    this.#tell();
  }

  /** Takes in what has come; a program that runs would be held up by it for a moment. */
  settle(): void {
    if (this.#state !== 'brought') return;
    this.#state = 'over';
    this.#takeIn(this.#files);
    this.#files = new Map();
    this.#tell();
  }

  #tell(): void {
    for (const resolve of this.#waiting) resolve(this.#reason);
    this.#waiting.clear();
  }
}
