/**
 * What Python can wait for while it runs, and how it learns that Stop was pressed.
 *
 * Pyodide looks into an interrupt buffer while Python runs. Ours is no shared memory, which would need
 * special headers, but an object that answers with a signal ten times a second. The signal's handler in
 * Python pauses for one turn of the event loop, in which this worker reads its messages.
 */

const TICK_SIGNAL = 10;
const TICK_INTERVAL = 100;

/** A timer's longest time; with more it would be over at once. */
const LONGEST_SLEEP = 2 ** 31 - 1;

type Answer = string | null;

export class Pause {
  #running = false;
  #stopping = false;
  #nextTick = 0;
  /** What goes on when the page asks something. */
  readonly #askable = new Set<() => void>();
  readonly #waits = new Map<number, Promise<unknown>>();
  #lastWait = 0;
  /** What waits for the end of the run, or for Stop. */
  readonly #waiting = new Set<() => void>();
  #reply: ((answer: Answer) => void) | null = null;
  readonly #turns = new MessageChannel();

  /** What Pyodide takes for the interrupt buffer. */
  readonly interruptBuffer: Uint8Array;

  constructor() {
    const signal = (): number => this.#signal();
    const buffer = {
      get 0(): number {
        return signal();
      },
      set 0(_: number) {
        // Pyodide resets what it has read; ours resets itself.
      },
    };
    this.interruptBuffer = buffer as unknown as Uint8Array;
  }

  #signal(): number {
    if (!this.#running) return 0;
    const now = performance.now();
    if (now < this.#nextTick) return 0;
    this.#nextTick = now + TICK_INTERVAL;
    return TICK_SIGNAL;
  }

  start(): void {
    this.#running = true;
    this.#stopping = false;
    this.#nextTick = performance.now() + TICK_INTERVAL;
  }

  end(): void {
    this.#running = false;
    this.#stopping = false;
    this.#release();
    this.#askable.clear();
  }

  stop(): void {
    this.#stopping = true;
    this.#release();
  }

  /** Ends every wait. */
  #release(): void {
    for (const wake of [...this.#waiting]) wake();
    this.answer(null);
  }

  stopping(): boolean {
    return this.#stopping;
  }

  /** Kept after one turn of the event loop. */
  tick(): Promise<void> {
    return new Promise((resolve) => {
      // What answers the page can begin a turn of its own before this one is over.
      this.#turns.port1.addEventListener(
        'message',
        () => {
          resolve();
        },
        { once: true },
      );
      this.#turns.port1.start();
      this.#turns.port2.postMessage(null);
    });
  }

  /** Kept after the time given, or when Stop is pressed. */
  sleep(milliseconds: number): Promise<void> {
    return this.#wait((resolve) => {
      const timer = setTimeout(resolve, Math.min(milliseconds, LONGEST_SLEEP));
      return () => {
        clearTimeout(timer);
      };
    });
  }

  /** Kept when the run ends, or when Stop is pressed. */
  ended(): Promise<void> {
    return this.#wait(() => () => undefined);
  }

  /** Begins a wait, which `until` is given by its number: Python cannot hand a promise back. */
  begin(wait: Promise<unknown>): number {
    this.#waits.set(++this.#lastWait, wait);
    return this.#lastWait;
  }

  /** Kept with the JSON of what a wait gave, or sooner with nothing when the page asks something. */
  until(number: number): Promise<string> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#askable.delete(wake);
        resolve('');
      };
      this.#askable.add(wake);
      void this.#waits.get(number)?.then((found) => {
        // Whoever was woken asks once more for what the wait has given.
        if (!this.#askable.delete(wake)) return;
        this.#waits.delete(number);
        resolve(JSON.stringify(found ?? null));
      });
    });
  }

  /** Lets a program that waits answer the page; returns whether there is one. */
  wake(): boolean {
    const { size } = this.#askable;
    for (const wake of [...this.#askable]) wake();
    return size > 0;
  }

  #wait(begin: (resolve: () => void) => () => void): Promise<void> {
    if (this.#stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const finish = (): void => {
        this.#waiting.delete(finish);
        cancel();
        resolve();
      };
      this.#waiting.add(finish);
      const cancel = begin(finish);
    });
  }

  /** Kept with what `answer` is called with, or with null when Stop is pressed. */
  ask(): Promise<Answer> {
    if (this.#stopping) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#reply = resolve;
    });
  }

  answer(text: Answer): void {
    this.#reply?.(text);
    this.#reply = null;
  }
}
