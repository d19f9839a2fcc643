/** What a reader has changed in a cell, kept in this browser. */

import { forget, isStored, keep, load, onChange } from '../storage';
import { asFields } from './stored';
import { freshId, type Version, Versions } from './versions';

export interface Draft {
  code: string;
  /** The original that was changed, so that a newer one is noticed. */
  original: string;
  /** The file that it came from; empty for the reader's own. */
  opened: string;
}

/** A short fingerprint of a text (FNV-1a, 32 bits): it only tells originals apart. */
export function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** The draft of one text, and the versions that it replaced; `key` names page and cell. */
export class Drafts {
  readonly versions: Versions;
  readonly #key: string;
  readonly #original: string;
  readonly #stopListening: () => void;
  /** What this tab has read or written last: anything else is another tab's. */
  #known: string | null;
  /** Names the version that this tab keeps while another tab's draft is stored. */
  readonly #apart = freshId();

  /** `onTheirs` is called when another tab has changed the draft, `onVersions` when it has the versions. */
  constructor(key: string, original: string, onTheirs: () => void, onVersions: () => void) {
    this.#key = `draft:${key}`;
    this.#original = original;
    this.#known = load(this.#key);
    this.versions = new Versions(key, onVersions);
    const stopListening = onChange(this.#key, (changed) => {
      if (changed === this.#key) onTheirs();
    });
    // A page that the Back button has woken was told of nothing while it slept.
    const wake = (): void => {
      if (load(this.#key) !== this.#known) onTheirs();
    };
    addEventListener('pageshow', wake);
    this.#stopListening = () => {
      stopListening();
      removeEventListener('pageshow', wake);
    };
  }

  /** The draft, and whether the original has changed since. */
  read(): (Draft & { outdated: boolean }) | null {
    const { code, original, opened } = asFields(load(this.#key));
    if (typeof code !== 'string' || typeof original !== 'string') return null;
    return {
      code,
      original,
      opened: typeof opened === 'string' ? opened : '',
      outdated: original !== fingerprint(this.#original),
    };
  }

  /** What is stored now is known to the reader of this tab. */
  follow(): void {
    this.#known = load(this.#key);
  }

  /** Whether the draft could be stored in this browser. */
  get isStored(): boolean {
    return isStored(this.#key);
  }

  /**
   * Keeps `code`, or nothing where it is the original.
   *
   * What another tab has stored meanwhile becomes a version.
   */
  write(code: string, opened: string): void {
    this.#keepTheirs(code);
    this.versions.forget(this.#apart);
    if (code === this.#original) {
      forget(this.#key);
    } else {
      const draft: Draft = { code, original: fingerprint(this.#original), opened };
      keep(this.#key, JSON.stringify(draft));
    }
    this.#known = load(this.#key);
  }

  /** Another tab's draft is stored, and this tab's code is to be found all the same. */
  setApart(code: string, opened: string): void {
    this.#keep({ code, opened, why: 'change' }, this.#apart);
  }

  /** Keeps a version that is replaced. */
  keep(version: Omit<Version, 'id' | 'at'>): void {
    this.#keep(version);
  }

  close(): void {
    this.#stopListening();
    this.versions.close();
  }

  #keepTheirs(code: string): void {
    if (load(this.#key) === this.#known) return;
    const theirs = this.read();
    if (theirs === null || theirs.code === code) return;
    this.#keep({ code: theirs.code, opened: theirs.opened, why: 'change' });
  }

  #keep(version: Omit<Version, 'id' | 'at'>, id?: string): void {
    if (version.code === this.#original || version.code.trim() === '') return;
    this.versions.add(version, id);
  }
}
