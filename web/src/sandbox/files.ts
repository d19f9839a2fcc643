/** Pyodide's own requests, answered from the files that the page handed over: there is no network. */

import type { Files } from '../protocol';

/** Where Pyodide believes its files to be; no such host can exist (RFC 6761). */
export const BASE = 'https://assets.invalid/';

const TYPES: Record<string, string> = {
  wasm: 'application/wasm',
  json: 'application/json',
};

/** Replaces `fetch` by one that knows these files and nothing else. */
export function serveFiles(files: Files): void {
  globalThis.fetch = (input) => {
    const url = input instanceof Request ? input.url : String(input);
    const name = url.startsWith(BASE) ? url.slice(BASE.length) : '';
    const file = files[name];
    if (file === undefined) {
      return Promise.reject(new TypeError(`There is no network here (${url}).`));
    }
    const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    return Promise.resolve(new Response(file, { headers: { 'Content-Type': type } }));
  };
}
