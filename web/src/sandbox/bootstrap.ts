/** From files to a Python session, in named steps. */

import type { PyodideAPI, loadPyodide as LoadPyodide } from 'pyodide';
import type { PyCallable, PyProxy } from 'pyodide/ffi';
import type { ControlValues, StartStep, StartWorker } from '../protocol';
import { BASE, serveFiles } from './files';
import type { Pause } from './pause';

/** Where this Pyodide's Python looks for packages. */
const SITE_PACKAGES = '/lib/python3.13/site-packages';

declare const loadPyodide: typeof LoadPyodide;

/** What `playground.session.browser` calls in the worker. */
export interface WorkerInterface {
  emit(event: string): void;
  /** These three begin a wait. */
  tick(): number;
  sleep(milliseconds: number): number;
  ask(prompt: string): number;
  /** Kept with the JSON of what a wait gave, or sooner with nothing when the page asks something. */
  until(wait: number): Promise<string>;
  /** The next question of the page, as JSON; empty where there is none. */
  questions(): string;
  /** Sends an answer, which is JSON. */
  answered(answer: string): void;
  ended(): Promise<void>;
  stopping(): boolean;
  /** The controls moved since the last call, as JSON. */
  changes(): string;
}

export interface PythonSession {
  stackSwitching: boolean;
  python: string;
  run(
    source: string,
    cell: string,
    answers: string[],
    controls: ControlValues,
    scratch: boolean,
  ): Promise<string>;
  /** Answers what the page asks, where no program that waits does. */
  answer(): void;
}

/** The Python that is called from here. */
interface Modules {
  backprop: PyProxy & { alias_as_torch(): void };
  'backprop.host': PyProxy;
  platform: PyProxy & { python_version(): string };
  'playground.session.browser': PyProxy & {
    BrowserSession(
      worker: WorkerInterface,
      stackSwitching: boolean,
    ): PyProxy & {
      run: PyCallable;
      connect(host: PyProxy): void;
      answer(): void;
    };
  };
}

/** Pyodide's engine, with the one private name that stack switching depends on. */
type Engine = PyodideAPI & { _module: { _PyEM_CountArgsPtr?: number } };

export async function bootstrap(
  { files, packages }: StartWorker,
  worker: WorkerInterface,
  pause: Pause,
  onStep: (step: StartStep) => void,
): Promise<PythonSession> {
  serveFiles(files);
  onStep('engine');
  const pyodide = (await withCompileErrors(loadPyodide({ indexURL: BASE }))) as Engine;
  onStep('packages');
  await pyodide.loadPackage(packages, { messageCallback: () => undefined });
  onStep('session');
  return openSession(pyodide, files['session.zip'], worker, pause);
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

function openSession(
  pyodide: Engine,
  archive: ArrayBuffer | undefined,
  worker: WorkerInterface,
  pause: Pause,
): PythonSession {
  if (archive === undefined) throw new Error('session.zip is missing.');
  pyodide.unpackArchive(new Uint8Array(archive), 'zip', { extractDir: SITE_PACKAGES });
  // With the pointer at 0, as on iOS, pausing inside a signal's handler crashes the interpreter.
  const stackSwitching = 'Suspending' in WebAssembly && !!pyodide._module._PyEM_CountArgsPtr;
  const load = <Name extends keyof Modules>(name: Name): Modules[Name] =>
    pyodide.pyimport(name) as Modules[Name];
  load('backprop').alias_as_torch();
  const session = load('playground.session.browser').BrowserSession(worker, stackSwitching);
  session.connect(load('backprop.host'));
  if (stackSwitching) pyodide.setInterruptBuffer(pause.interruptBuffer);
  const { run } = session;
  // What a cell that awaits returns is a coroutine; `await` runs it to its end, like a promise.
  return {
    stackSwitching,
    python: load('platform').python_version(),
    answer: () => {
      session.answer();
    },
    run: async (source, cell, answers, controls, scratch) => {
      const settings = JSON.stringify(controls);
      return (
        stackSwitching
          ? await run.callPromising(source, cell, answers, settings, scratch)
          : await run(source, cell, answers, settings, scratch)
      ) as string;
    },
  };
}
