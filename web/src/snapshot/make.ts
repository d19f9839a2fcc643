/**
 * Makes the snapshot, under Node when the site is built: Python started, packages imported, memory written.
 *
 * One that a browser makes cannot be restored everywhere: on iOS, Pyodide's table is shorter by an entry.
 */

import crypto from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { loadPyodide as LoadPyodide } from 'pyodide';
import { type Engine, linkEarly, type Pyodide, SITE_PACKAGES, type SharedLibrary } from './engine';
import { CONTENTS, type Contents, MEMORY } from './contents';
import { heapOf, toggleInitialData } from './initial';

/** What the builder wants, as JSON on standard input. */
interface Job {
  /** Where Pyodide is, its engine prepared for stack switching, which Node has not. */
  pyodide: string;
  /** The folder of the packages, which becomes Python's. */
  packages: string;
  /** Files of shared libraries by their paths in Python, in the order in which they are linked. */
  libraries: [path: string, file: string][];
  /** Python: what is imported, and what is tidied up. */
  program: string;
  /** The folder that the snapshot is written into. */
  result: string;
}

/** Pyodide's options that its types leave out; what Python was started as would be a path of this machine. */
const MAKE = { _makeSnapshot: true, _sysExecutable: './this.program' };

async function make(job: Job): Promise<void> {
  const require = createRequire(`${job.pyodide}/`);
  excludeChance();
  require('./pyodide.asm.js');
  const { loadPyodide } = require('./pyodide.js') as { loadPyodide: typeof LoadPyodide };
  const libraries = job.libraries.map(([path, file]): SharedLibrary => {
    return { path, code: new Uint8Array(readFileSync(file)) };
  });
  linkEarly(libraries);
  const pyodide = (await loadPyodide({
    indexURL: job.pyodide,
    // The language is what most browsers tell.
    env: { PYTHONHASHSEED: '0', LANG: 'en_US.UTF-8' },
    ...MAKE,
  })) as unknown as Pyodide;
  const files = readdirSync(job.packages, { recursive: true, encoding: 'utf8' }).sort();
  for (const name of files) {
    const [from, to] = [`${job.packages}/${name}`, `${SITE_PACKAGES}/${name}`];
    if (statSync(from).isDirectory()) pyodide.FS.mkdirTree(to);
    else pyodide.FS.writeFile(to, new Uint8Array(readFileSync(from)));
  }
  pyodide.runPython(readFileSync(job.program, 'utf8'));
  const { loadedLibsByHandle } = pyodide._module.LDSO;
  const handles = Object.entries(loadedLibsByHandle)
    .filter(([, { name }]) => libraries.some(({ path }) => path === name))
    .map(([handle, { name }]): [number, string] => [Number(handle), name]);
  zeroFreeMemory(pyodide._module);
  const memory = pyodide.makeMemorySnapshot();
  const engine = new Uint8Array(readFileSync(`${job.pyodide}/pyodide.asm.wasm`));
  toggleInitialData(heapOf(memory), engine);
  const contents: Contents = { libraries: libraries.map(({ path }) => path), handles };
  writeFileSync(`${job.result}/${CONTENTS}`, JSON.stringify(contents));
  writeFileSync(`${job.result}/${MEMORY}`, memory);
}

/** Lets two snapshots of the same be equal: what is drawn here is drawn anew in each page. */
function excludeChance(): void {
  crypto.randomFillSync = ((bytes: Uint8Array) => bytes.fill(1)) as typeof crypto.randomFillSync;
  Date.now = () => 0;
  performance.now = () => 0;
}

/** What has been freed holds old bytes, which would be compressed and sent for nothing. */
function zeroFreeMemory(engine: Engine): void {
  for (let size = 2 ** 19; size >= 16; size /= 2) {
    const end = engine._sbrk(0);
    const blocks: number[] = [];
    for (;;) {
      const block = engine._emscripten_builtin_malloc(size);
      if (block !== 0) blocks.push(block);
      // Where the heap had to grow, nothing of this size was free any more.
      if (block === 0 || engine._sbrk(0) !== end) break;
      engine.HEAPU8.fill(0, block, block + size);
    }
    for (const block of blocks) engine._emscripten_builtin_free(block);
  }
}

try {
  await make(JSON.parse(readFileSync(0, 'utf8')) as Job);
} catch (error) {
  // Node would quote the line, which holds the whole engine.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
