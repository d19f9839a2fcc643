/** Starts Pyodide, whose script stands before this one in the worker. */

import type { loadPyodide as LoadPyodide } from 'pyodide';
import type { Pyodide } from '../snapshot/engine';

declare const loadPyodide: typeof LoadPyodide;

/** Where Pyodide believes its files to be; no such host can exist (RFC 6761). */
export const BASE = 'https://assets.invalid/';

/** @param privately options that Pyodide's types leave out. */
export async function load(privately: object = {}): Promise<Pyodide> {
  return (await withCompileErrors(
    loadPyodide({ indexURL: BASE, ...privately }),
  )) as unknown as Pyodide;
}

/** Pyodide can wait for ever for an engine that does not compile; this fails with the reason. */
function withCompileErrors<T>(started: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    for (const name of ['instantiate', 'instantiateStreaming'] as const) {
      const original = WebAssembly[name] as (...args: unknown[]) => Promise<unknown>;
      const watched = (...args: unknown[]): Promise<unknown> =>
        original(...args).catch((error: unknown) => {
          reject(error instanceof Error ? error : new Error(String(error)));
          throw error;
        });
      Object.assign(WebAssembly, { [name]: watched });
    }
    started.then(resolve, reject);
  });
}
