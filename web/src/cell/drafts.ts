/** What a reader has changed in a cell, kept in this browser. */

import { forget, load, save } from '../storage';

export interface Draft {
  code: string;
  /** The original that was changed, so that a newer one is noticed. */
  original: string;
}

/** A short fingerprint of a text (FNV-1a, 32 bits): it only tells originals apart. */
export function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** The drafts of one cell; `key` names page and cell. */
export class Drafts {
  readonly #key: string;
  readonly #original: string;

  constructor(key: string, original: string) {
    this.#key = `draft:${key}`;
    this.#original = original;
  }

  /** The draft, and whether the original has changed since. */
  read(): (Draft & { outdated: boolean }) | null {
    const text = load(this.#key);
    if (text === null) return null;
    try {
      const draft = JSON.parse(text) as Partial<Draft>;
      if (typeof draft.code !== 'string' || typeof draft.original !== 'string') return null;
      const { code, original } = draft;
      return { code, original, outdated: original !== fingerprint(this.#original) };
    } catch {
      return null;
    }
  }

  /** Keeps `code`, or nothing where it is the original. Returns whether it could be kept. */
  write(code: string): boolean {
    if (code === this.#original) {
      forget(this.#key);
      return true;
    }
    const draft: Draft = { code, original: fingerprint(this.#original) };
    return save(this.#key, JSON.stringify(draft));
  }
}
