/** Which exercises a reader has solved, kept in this browser. */

import { forget, load, save } from '../storage';

export class Progress {
  readonly #page: string;
  readonly #listeners: (() => void)[] = [];

  constructor(page: string) {
    this.#page = page;
  }

  isSolved(exercise: string): boolean {
    return load(this.#key(exercise)) !== null;
  }

  setSolved(exercise: string): void {
    save(this.#key(exercise), 'yes');
    this.#tell();
  }

  clear(exercises: string[]): void {
    for (const exercise of exercises) forget(this.#key(exercise));
    this.#tell();
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  #key(exercise: string): string {
    return `solved:${this.#page}/${exercise}`;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
