/** What the page knows of the Python runtime: one interface, whatever way it was started. */

import type { ControlValue, ControlValues, RunEvent, RunStatus } from '../protocol';
import type { Ask } from './questions';

/** One file; `sha256` is in hexadecimal. */
export interface RuntimeFile {
  url: string;
  bytes: number;
  sha256: string;
}

/** The runtime's files, as the builder writes them into each page. */
export interface RuntimeAssets {
  frame: string;
  files: Record<string, RuntimeFile>;
  /** By name, what Python starts from: a snapshot of its memory, or all that a plain start reads. */
  starts: { snapshot: string[]; plain: string[] };
  /** What a start from a snapshot needs only later, by name. */
  later: string[];
  packages: string[];
  version: string;
}

export type RuntimeState =
  | { kind: 'loading'; step: LoadStep; received: number; total: number }
  | { kind: 'ready'; stackSwitching: boolean; python: string }
  | { kind: 'failed'; message: string };

export type LoadStep = 'download' | 'engine' | 'packages' | 'session';

/** How a run ended. `restarted`: the worker had to be ended, so the session's variables are gone. */
export interface RunResult {
  status: RunStatus;
  restarted: boolean;
}

export interface RunRequest {
  cell: string;
  source: string;
  /** What `input()` returns, one after the other, before anybody is asked. */
  answers?: string[];
  /** What the cell's controls are set to. */
  controls?: ControlValues;
  /** Run in a copy of the session's names: those that it binds are gone afterwards. */
  scratch?: boolean;
}

export interface RunHandlers {
  /** The run's turn has come. */
  onStart?(): void;
  /** Called for every event of the run, in order, `done` excepted. */
  onEvent(event: Exclude<RunEvent, { type: 'done' }>): void;
}

export interface Runtime {
  readonly state: RuntimeState;
  /** Calls `listener` at once and at every change; returns how to stop listening. */
  subscribe(listener: (state: RuntimeState) => void): () => void;
  /** Runs one cell when its turn comes. Resolves when it has ended; never rejects. */
  run(request: RunRequest, handlers: RunHandlers): Promise<RunResult>;
  /** Asks Python, also while a cell runs; where the engine cannot switch stacks, the answer comes after it. */
  readonly ask: Ask;
  /** Ends the run of a cell, or takes it out of the queue. */
  stop(cell: string): void;
  /** Answers the current run's `input()`; null closes the input. */
  answer(text: string | null): void;
  /** Tells the current run that the reader has moved a control. */
  moveControl(label: string, value: ControlValue): void;
  /** A fresh interpreter: every variable is gone. */
  restart(): void;
  /**
   * Code of another origin is run from now on, such as a stranger's instead of the reader's own: ends what
   * runs or waits, and starts a fresh interpreter, unless nothing has run in this one.
   */
  renew(): void;
  /** After `failed`: try the whole start again. */
  retry(): void;
}
