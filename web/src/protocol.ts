/**
 * Every message between the page and the sandbox: the only thing both sides share.
 *
 * What belongs to a run carries its id, so that what arrives late can be dropped. The page treats
 * everything that comes out of the sandbox as forged: see `runtime/validate.ts`.
 */

import type { PATCH, TABLE } from './contract';

export type RunId = number;

/** A value in several representations, as Jupyter has it. `image/png` is base64. */
export type MimeBundle = Partial<Record<MimeType, string>>;
export type MimeType =
  'text/plain' | 'text/html' | 'image/svg+xml' | 'image/png' | typeof PATCH | typeof TABLE;

/** What a control is set to: a choice by the text of its option. */
export type ControlValue = number | string | boolean;
/** By the labels of the controls. */
export type ControlValues = Record<string, ControlValue>;

interface ControlBase<Value extends ControlValue> {
  label: string;
  /** What the program was told. */
  value: Value;
  /** What the control begins with. */
  first: Value;
}

/** What the program asks for with `backprop.ui`. */
export type Control =
  | (ControlBase<number> & { kind: 'slider'; minimum: number; maximum: number; step: number })
  | (ControlBase<number> & {
      kind: 'number';
      minimum: number | null;
      maximum: number | null;
      step: number | null;
    })
  | (ControlBase<string> & { kind: 'choice'; options: string[] })
  | (ControlBase<boolean> & { kind: 'switch' });

/** Files of the runtime, by the names under which Pyodide asks for them. */
export type Files = Record<string, ArrayBuffer>;

/** In this order they are the worker's script: Pyodide's engine, its loader, and our own. */
export const SCRIPTS = ['pyodide.asm.js', 'pyodide.js', 'worker.js'];

/** From the page to the frame, once; `port` leads from the page to the worker. */
export interface OpenWorker {
  type: 'open';
  port: MessagePort;
  /** The worker's script, in its parts. */
  scripts: ArrayBuffer[];
  /** Of the files that follow through the port. */
  names: string[];
  packages: string[];
}

/** From the frame to the page: the worker could not be made, or died. */
export interface WorkerLost {
  type: 'lost';
  message: string;
}

/** From the frame to the worker, once. */
export type StartWorker = Omit<OpenWorker, 'type' | 'scripts'> & { type: 'start' };

/** From the page to the worker. */
export type Command =
  | {
      type: 'run';
      run: RunId;
      cell: string;
      source: string;
      answers: string[];
      controls: ControlValues;
      scratch: boolean;
    }
  /** The reader has moved a control while the program runs. */
  | { type: 'control'; run: RunId; label: string; value: ControlValue }
  | { type: 'stop'; run: RunId }
  /** One of the files that Python starts from, in whatever order they come. */
  | { type: 'file'; name: string; content: ArrayBuffer }
  /** What a start from a snapshot needs only later, or why it is not here. */
  | { type: 'files'; files: Files }
  | { type: 'missing'; message: string }
  /** What the page wants to know, by the name of the question; `data` is JSON. */
  | { type: 'ask'; id: number; name: string; data: string }
  /** The reply to an `input` event; null closes the input (EOFError). */
  | { type: 'answer'; run: RunId; text: string | null };

/** From the worker to the page. */
export type WorkerEvent =
  | { type: 'step'; step: StartStep }
  | { type: 'ready'; stackSwitching: boolean; python: string }
  | { type: 'failed'; message: string }
  | Begun
  | Answered
  | RunEvent;

/** A `run` has arrived: the worker is alive. */
export interface Begun {
  type: 'begun';
  run: RunId;
}

/** The answer to an `ask`, as JSON, or why there is none. */
export type Answered =
  { type: 'answered'; id: number; data: string } | { type: 'answered'; id: number; error: string };

/** The steps of a start, in their order. */
export type StartStep = 'engine' | 'packages' | 'session';

/** What a run has to tell, in the order in which it happened; `done` is always last. */
export type RunEvent =
  /** `skipped`: so many characters before this text were left out. */
  | { type: 'stdout' | 'stderr'; run: RunId; text: string; skipped?: number }
  | { type: 'display'; run: RunId; bundle: MimeBundle }
  /** Is shown only if the worker has to be ended; the next one takes its place. */
  | { type: 'keep'; run: RunId; bundle: MimeBundle }
  | { type: 'input'; run: RunId; prompt: string }
  | { type: 'control'; run: RunId; control: Control }
  | ErrorEvent
  | { type: 'done'; run: RunId; status: RunStatus };

/** A Python exception; lines count from 1 in the cell, columns from 0. */
export interface ErrorEvent {
  type: 'error';
  run: RunId;
  name: string;
  message: string;
  traceback: string;
  /** The cell in which `line` is: an error can come from a function that another cell defined. */
  cell: string | null;
  line: number | null;
  column: number | null;
  endLine: number | null;
  endColumn: number | null;
}

export type RunStatus = 'ok' | 'error' | 'stopped';
