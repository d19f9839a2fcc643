/** The files that Python starts from, as the page hands them over: in any order, each when it is here. */
export class Incoming {
  readonly #here = new Map<string, ArrayBuffer>();
  readonly #awaited = new Map<string, (content: ArrayBuffer) => void>();

  bring(name: string, content: ArrayBuffer): void {
    this.#here.set(name, content);
    this.#awaited.get(name)?.(content);
    this.#awaited.delete(name);
  }

  /** Kept when the file is here: for each, one waits. */
  get(name: string): Promise<ArrayBuffer> {
    const content = this.#here.get(name);
    if (content !== undefined) return Promise.resolve(content);
    return new Promise((resolve) => this.#awaited.set(name, resolve));
  }
}
