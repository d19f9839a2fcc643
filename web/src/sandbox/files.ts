/** Pyodide's own requests, answered from the files that the page handed over: there is no network. */

import type { Files } from '../protocol';
import { type Archive, readArchive } from '../snapshot/archive';
import { type Pyodide, SITE_PACKAGES } from '../snapshot/engine';
import type { Incoming } from './incoming';
import { BASE } from './load';

/** Where this Pyodide's Python looks for its standard library. */
const STANDARD_LIBRARY = '/lib/python313.zip';

const LIBRARY = 'python_stdlib.zip';
const SESSION = 'session.zip';

/** The shortest zip archive. */
const EMPTY_ARCHIVE = Uint8Array.of(0x50, 0x4b, 5, 6, ...new Uint8Array(18));

const TYPES: Record<string, string> = {
  wasm: 'application/wasm',
  json: 'application/json',
};

/** An address that is its own content, for which the policy would take it to be a connection. */
const DATA = /^data:[^,]*;base64,(.*)$/s;

function codeOf(character: string): number {
  return character.charCodeAt(0);
}

/** Replaces `fetch` by one that knows these files and nothing else. */
export function serveFiles(names: string[], files: Incoming): void {
  globalThis.fetch = async (input) => {
    const url = input instanceof Request ? input.url : String(input);
    const data = DATA.exec(url)?.[1];
    if (data !== undefined) return new Response(Uint8Array.from(atob(data), codeOf));
    const name = url.startsWith(BASE) ? url.slice(BASE.length) : '';
    // In a snapshot's memory is what Python has read of its library; the rest of it comes late.
    if (name === LIBRARY && !names.includes(name)) return new Response(EMPTY_ARCHIVE);
    if (!names.includes(name)) throw new TypeError(`There is no network here (${url}).`);
    const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    return new Response(await files.get(name), { headers: { 'Content-Type': type } });
  };
}

/** Adds the package that runs cells, which no lock knows. */
export async function addSession(pyodide: Pyodide, files: Incoming): Promise<void> {
  const archive = new Uint8Array(await files.get(SESSION));
  pyodide.unpackArchive(archive, 'zip', { extractDir: SITE_PACKAGES });
}

/** What comes late, by the path under which Python looks for it: the standard library as it is, and packages. */
export async function unpackLate(files: Files): Promise<Archive> {
  const found: Archive = new Map();
  for (const [name, content] of Object.entries(files)) {
    if (name === LIBRARY) found.set(STANDARD_LIBRARY, new Uint8Array(content));
    else {
      for (const [path, file] of await readArchive(content)) {
        found.set(`${SITE_PACKAGES}/${path}`, file);
      }
    }
  }
  return found;
}

export function writeFiles({ FS }: Pyodide, files: Archive): void {
  const folders = new Set<string>();
  for (const [path, content] of files) {
    const folder = path.slice(0, path.lastIndexOf('/'));
    if (!folders.has(folder)) FS.mkdirTree(folder);
    folders.add(folder);
    FS.writeFile(path, content, { canOwn: true });
  }
}
