/** What is used of Pyodide's engine beyond its public interface, which is the same in this version only. */

import type { PyodideAPI } from 'pyodide';

/** Where this Pyodide's Python looks for packages. */
export const SITE_PACKAGES = '/lib/python3.13/site-packages';

/** The Emscripten module: private names that a snapshot depends on. */
export interface Engine {
  HEAPU8: Uint8Array;
  HEAP32: Int32Array;
  LDSO: {
    loadedLibsByName: Record<string, Library>;
    loadedLibsByHandle: Record<number, Library>;
  };
  loadWebAssemblyModule(
    code: BufferSource | WebAssembly.Module,
    flags: Record<'loadAsync' | 'global' | 'nodelete' | 'allowUndefined', boolean>,
    name: string,
    scope: object,
  ): unknown;
  newDSO(name: string, handle: undefined, exports: unknown): Library;
  /** Where Python's runtime begins, and where in it the trampoline of C calls has its place. */
  __PyRuntime: number;
  __PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET: number;
  /** Allocation, as C has it. */
  _emscripten_builtin_malloc(bytes: number): number;
  _emscripten_builtin_free(block: number): void;
  _sbrk(bytes: number): number;
  /** 0 where the engine cannot count arguments, as on iOS: pausing in a signal's handler crashes there. */
  _PyEM_CountArgsPtr?: number;
}

interface Library {
  name: string;
  global: boolean;
}

/** What is used of Emscripten's file system, which Pyodide's types leave open. */
interface FileSystem {
  mkdirTree(path: string): void;
  /** `canOwn`: the bytes become the file, and are not copied. */
  writeFile(path: string, content: Uint8Array | string, options?: { canOwn: boolean }): void;
}

export type Pyodide = Omit<PyodideAPI, 'FS'> & { FS: FileSystem; _module: Engine };

/** Whether Python can wait for something while a program runs. */
export function canPause({ _module: engine }: Pyodide): boolean {
  // With the pointer at 0, as on iOS, pausing inside a signal's handler crashes the interpreter.
  return 'Suspending' in WebAssembly && !!engine._PyEM_CountArgsPtr;
}

/** What `loadPyodide` hands to the engine. */
interface Settings {
  preRun: ((engine: Engine) => void)[];
}

declare global {
  // The engine's script defines it, and `loadPyodide` takes it from there.
  var _createPyodideModule: (settings: Settings) => Promise<Engine>;
}

/** A shared library of a package: where Python looks for it, and its code. */
export interface SharedLibrary {
  path: string;
  code: BufferSource | WebAssembly.Module;
}

/** The numbers by which Python knows the libraries that it has opened. */
export type Handles = [handle: number, path: string][];

/**
 * Links shared libraries before the engine runs, in this order: in a snapshot their memory and their
 * functions have the places that they had when it was made.
 */
export function linkEarly(libraries: SharedLibrary[], handles: Handles = []): void {
  const create = globalThis._createPyodideModule;
  globalThis._createPyodideModule = async (settings) => {
    settings.preRun.push((engine) => {
      for (const { path, code } of libraries) {
        const flags = { loadAsync: false, global: false, nodelete: true, allowUndefined: false };
        const exports = engine.loadWebAssemblyModule(code, flags, path, {});
        engine.newDSO(path, undefined, exports).global = false;
      }
    });
    const engine = await create(settings);
    const { loadedLibsByHandle, loadedLibsByName } = engine.LDSO;
    for (const [handle, path] of handles) {
      const library = loadedLibsByName[path];
      if (library === undefined) throw new Error(`The snapshot's ${path} is not there.`);
      loadedLibsByHandle[handle] = library;
    }
    return engine;
  };
}
