/** What a reader has changed in a cell, kept in this browser. */

import { forget, load, onChange, save } from '../storage';

export interface Draft {
  code: string;
  /** The original that was changed, so that a newer one is noticed. */
  original: string;
}

/** A version that was replaced, and by what: "reset", "open", or "change" in another tab. */
export interface Kept {
  code: string;
  why: string;
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
  readonly #keptKey: string;
  readonly #original: string;
  #stopWatching: (() => void) | null = null;

  constructor(key: string, original: string) {
    this.#key = `draft:${key}`;
    this.#keptKey = `kept:${key}`;
    this.#original = original;
  }

  /** The draft, and whether the original has changed since. */
  read(): (Draft & { outdated: boolean }) | null {
    const draft = parse(load(this.#key));
    if (draft === null) return null;
    const { code, original } = draft;
    if (typeof code !== 'string' || typeof original !== 'string') return null;
    return { code, original, outdated: original !== fingerprint(this.#original) };
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

  /** The version that was replaced last, until it is brought back. */
  get kept(): Kept | null {
    const kept = parse(load(this.#keptKey));
    if (typeof kept?.code !== 'string' || typeof kept.why !== 'string') return null;
    return { code: kept.code, why: kept.why };
  }

  keep(kept: Kept): void {
    save(this.#keptKey, JSON.stringify(kept));
  }

  forgetKept(): void {
    forget(this.#keptKey);
  }

  /** Calls `listener` with the code that another tab has written under the same name. */
  watch(listener: (code: string) => void): void {
    this.#stopWatching = onChange(this.#key, () => {
      listener(this.read()?.code ?? this.#original);
    });
  }

  close(): void {
    this.#stopWatching?.();
  }
}

/** What was stored, which somebody may have changed by hand. */
function parse(text: string | null): Record<string, unknown> | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
