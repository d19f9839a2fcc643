/**
 * How much of each kind of message one run may send. The session keeps far below it; what a program sends
 * beyond that by itself is dropped, so that no run costs the page more than some seconds, in slices.
 */

import type { Begun, RunEvent, RunId, WorkerEvent } from '../protocol';

type Kind = (RunEvent | Begun)['type'];

/** Messages of a kind. What is printed is bounded by the page that shows it: `output/printed.ts`. */
const MESSAGES: Partial<Record<Kind, number>> = {
  input: 10_000,
  control: 100_000,
  keep: 100_000,
  error: 3,
};
/** Characters of all values that are shown; patches of a diagram, which go on for hours, do not count. */
const SHOWN = 60_000_000;
/** Controls by different names, and what there is to choose from in all of them. */
const CONTROLS = 100;
const OPTIONS = 2_000;

export class Budget {
  #run: RunId | null = null;
  #sent = new Map<Kind, number>();
  /** How many options each has. */
  #controls = new Map<string, number>();
  #options = 0;
  #shown = 0;

  /** Whether an event is still within its run's budget. */
  admit(event: WorkerEvent): boolean {
    if (!('run' in event)) return true;
    if (event.run !== this.#run) this.#begin(event.run);
    const sent = (this.#sent.get(event.type) ?? 0) + 1;
    this.#sent.set(event.type, sent);
    if (sent > (MESSAGES[event.type] ?? Infinity)) return false;
    if (event.type === 'control') {
      const { control } = event;
      const options = control.kind === 'choice' ? control.options.length : 1;
      const before = this.#controls.get(control.label) ?? 0;
      this.#controls.set(control.label, Math.max(before, options));
      this.#options += Math.max(options - before, 0);
      return this.#controls.size <= CONTROLS && this.#options <= OPTIONS;
    }
    if (event.type === 'display') {
      const {
        'image/svg+xml': svg = '',
        'text/html': html = '',
        'image/png': png = '',
      } = event.bundle;
      this.#shown += svg.length + html.length + png.length;
      return this.#shown <= SHOWN;
    }
    return true;
  }

  #begin(run: RunId): void {
    this.#run = run;
    this.#sent = new Map();
    this.#controls = new Map();
    this.#options = 0;
    this.#shown = 0;
  }
}
