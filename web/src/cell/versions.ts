/** The versions of a text that were replaced, each under a key of its own, so that two tabs lose none. */

import { forget, keep, keysOf, load, onChange } from '../storage';
import { asFields } from './stored';

/** What took the place of a version; "back" is an earlier version that was brought back. */
const REASONS = ['reset', 'open', 'change', 'solution', 'back'] as const;
export type Reason = (typeof REASONS)[number];

/** A version that was replaced. */
export interface Version {
  /** Names it among the versions of its text. */
  id: string;
  code: string;
  why: Reason;
  /** When it was replaced, in milliseconds since 1970. */
  at: number;
  /** The file that it came from; empty for the reader's own. */
  opened: string;
}

/** The oldest of more than these are let go. */
export const MOST_VERSIONS = 20;

export class Versions {
  readonly #key: string;
  readonly #stopListening: () => void;
  /** The newest first; null where they have to be read again. */
  #all: Version[] | null = null;

  /** Those of the text that `key` names; `onNew` is called when another tab has changed them. */
  constructor(key: string, onNew: () => void) {
    this.#key = `kept:${key}`;
    this.#stopListening = onChange(this.#key, () => {
      this.#all = null;
      onNew();
    });
  }

  /** The newest first. */
  get all(): readonly Version[] {
    this.#all ??= keysOf(this.#key)
      .map((key) => this.#read(key))
      .filter((each) => each !== null)
      .sort((one, other) => other.at - one.at);
    return this.#all;
  }

  /** Keeps one, in the place of an earlier one of the same code or id. */
  add(version: Omit<Version, 'id' | 'at'>, id = freshId()): void {
    for (const each of this.all) if (each.code === version.code) this.forget(each.id);
    keep(this.#keyOf(id), JSON.stringify({ ...version, at: Date.now() }));
    this.#all = null;
    // What another tab has changed is told to the reader there too.
    const surplus = [...this.all.slice(MOST_VERSIONS)];
    for (const each of surplus) this.forget(each.id);
  }

  forget(id: string): void {
    forget(this.#keyOf(id));
    this.#all = null;
  }

  close(): void {
    this.#stopListening();
  }

  #keyOf(id: string): string {
    // Until 0.1.0 there was one version, without an id.
    return id === '' ? this.#key : `${this.#key}:${id}`;
  }

  #read(key: string): Version | null {
    const id = key === this.#key ? '' : key.slice(this.#key.length + 1);
    // Another text's, whose key only begins likewise.
    if (key !== this.#keyOf(id)) return null;
    const { code, why, at, opened } = asFields(load(key));
    const reason = REASONS.find((each) => each === why);
    if (typeof code !== 'string' || reason === undefined) return null;
    return {
      id,
      code,
      why: reason,
      at: typeof at === 'number' && Number.isFinite(at) ? at : 0,
      opened: typeof opened === 'string' ? opened : '',
    };
  }
}

let made = 0;

/** A name that no other tab makes. */
export function freshId(): string {
  made += 1;
  return `${Date.now().toString(36)}-${made}-${Math.random().toString(36).slice(2, 8)}`;
}
