/** From files to a Python session, in named steps. */

import type { PyCallable, PyProxy } from 'pyodide/ffi';
import type { ControlValues, StartStep, StartWorker } from '../protocol';
import type { Archive } from '../snapshot/archive';
import { canPause, type Pyodide } from '../snapshot/engine';
import { addSession, serveFiles, writeFiles } from './files';
import type { Incoming } from './incoming';
import { load } from './load';
import type { Pause } from './pause';
import { restore, SNAPSHOT } from './restore';

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
  /** Begins a wait for the files that come late. */
  arrival(): number;
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
  /** Whether a start needs them: files that come late, by path, which `takeIn` is given. */
  isIncomplete: boolean;
  takeIn: (files: Archive) => void;
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
      begin_restored(): void;
      take_in_files(): void;
    };
  };
}

export async function bootstrap(
  { names, packages }: StartWorker,
  files: Incoming,
  worker: WorkerInterface,
  pause: Pause,
  onStep: (step: StartStep) => void,
): Promise<PythonSession> {
  serveFiles(names, files);
  onStep('engine');
  if (names.includes(SNAPSHOT)) {
    const pyodide = await restore(files);
    onStep('session');
    return openSession(pyodide, true, worker, pause);
  }
  const pyodide = await load();
  onStep('packages');
  await pyodide.loadPackage(packages, { messageCallback: () => undefined });
  onStep('session');
  await addSession(pyodide, files);
  return openSession(pyodide, false, worker, pause);
}

function openSession(
  pyodide: Pyodide,
  isRestored: boolean,
  worker: WorkerInterface,
  pause: Pause,
): PythonSession {
  const stackSwitching = canPause(pyodide);
  const module = <Name extends keyof Modules>(name: Name): Modules[Name] =>
    pyodide.pyimport(name) as Modules[Name];
  module('backprop').alias_as_torch();
  const session = module('playground.session.browser').BrowserSession(worker, stackSwitching);
  session.connect(module('backprop.host'));
  if (isRestored) session.begin_restored();
  if (stackSwitching) pyodide.setInterruptBuffer(pause.interruptBuffer);
  const { run } = session;
  // What a cell that awaits returns is a coroutine; `await` runs it to its end, like a promise.
  return {
    stackSwitching,
    python: module('platform').python_version(),
    isIncomplete: isRestored,
    answer: () => {
      session.answer();
    },
    takeIn: (files) => {
      writeFiles(pyodide, files);
      session.take_in_files();
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
