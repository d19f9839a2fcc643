/** Which files Python starts from, which come later, and what is there of them already. */

import { download, fetchWhole, type OnProgress } from './download';
import type { Files } from '../protocol';
import type { RuntimeAssets } from './runtime';

/** How Python starts: from memory in which it had started already, or step by step. */
export type Way = 'snapshot' | 'plain';

/**
 * The files of one page's runtime. They are kept, so that the next start needs no download, nor does the
 * other way where the first has failed.
 */
export class Supply {
  readonly #assets: RuntimeAssets;
  /** Past the browser's own cache, in which a damaged file would stay. */
  readonly #afresh: boolean;
  #way: Way = 'snapshot';
  #frame: Promise<string> | null = null;
  readonly #files = new Map<string, Promise<ArrayBuffer>>();

  constructor(assets: RuntimeAssets, afresh: boolean) {
    this.#assets = assets;
    this.#afresh = afresh;
  }

  get way(): Way {
    return this.#way;
  }

  /** The document of the sandbox's frame. */
  get frame(): Promise<string> {
    this.#frame ??= fetchWhole(this.#assets.frame, this.#afresh).then((response) =>
      response.text(),
    );
    return this.#frame;
  }

  /** What a start needs, each file as soon as it is here, or an error that names it. */
  forStart(onProgress: OnProgress): Map<string, Promise<ArrayBuffer>> {
    return this.#get(this.#assets.starts[this.#way], onProgress);
  }

  /** What comes after a start. */
  async forLater(): Promise<Files> {
    const names = this.#way === 'snapshot' ? this.#assets.later : [];
    const files = [...this.#get(names, () => undefined)];
    return Object.fromEntries(
      await Promise.all(files.map(async ([name, file]) => [name, await file] as const)),
    );
  }

  /** Gives the quicker way up; returns whether there is another to try. */
  fallBack(): boolean {
    const isOther = this.#way !== 'plain';
    this.#way = 'plain';
    return isOther;
  }

  #get(names: string[], onProgress: OnProgress): Map<string, Promise<ArrayBuffer>> {
    const missing = names.filter((name) => !this.#files.has(name));
    for (const [name, file] of download(this.#assets.files, missing, this.#afresh, onProgress)) {
      this.#files.set(name, file);
      // The next attempt asks for it again.
      file.catch(() => this.#files.delete(name));
    }
    return new Map(
      names.flatMap((name) => {
        const file = this.#files.get(name);
        return file === undefined ? [] : [[name, file]];
      }),
    );
  }
}
