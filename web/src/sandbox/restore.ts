/** Python from a snapshot of its memory, in which it had started and imported what programs begin with. */

import { readArchive } from '../snapshot/archive';
import { CONTENTS, type Contents, MEMORY } from '../snapshot/contents';
import { type Engine, linkEarly, type Pyodide } from '../snapshot/engine';
import { heapOf, toggleInitialData } from '../snapshot/initial';
import type { Incoming } from './incoming';
import { load } from './load';

/** The snapshot's name among the files. */
export const SNAPSHOT = 'snapshot.bin';

/** Rejects where anything is not as the snapshot needs it; the page then starts Python step by step. */
export async function restore(files: Incoming): Promise<Pyodide> {
  const engine = files.get('pyodide.asm.wasm');
  const compiled = engine.then((code) => WebAssembly.compile(code));
  // What fails first is told; this one is awaited later.
  compiled.catch(() => undefined);
  const archive = await readArchive(await files.get(SNAPSHOT));
  const read = (name: string): Uint8Array<ArrayBuffer> => {
    const file = archive.get(name);
    if (file === undefined) throw new Error(`The snapshot's ${name} is missing.`);
    return file;
  };
  const { libraries, handles } = JSON.parse(new TextDecoder().decode(read(CONTENTS))) as Contents;
  const memory = read(MEMORY);
  toggleInitialData(heapOf(memory), new Uint8Array(await engine));
  const linked = libraries.map(async (path) => {
    return { path, code: await WebAssembly.compile(read(path)) };
  });
  linkEarly(await Promise.all(linked), handles);
  const module = await compiled;
  // Pyodide would only begin to compile it now.
  WebAssembly.instantiateStreaming = async (_, imports) => {
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
  const pyodide = await load({ _loadSnapshot: memory });
  setTrampoline(pyodide._module);
  return pyodide;
}

/** Made under Node, a snapshot has no trampoline for C calls: without one, no program could pause in them. */
function setTrampoline(engine: Engine): void {
  const offset = engine.HEAP32[engine.__PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET / 4] ?? 0;
  engine.HEAP32[(engine.__PyRuntime + offset) / 4] = engine._PyEM_CountArgsPtr ?? 0;
}
