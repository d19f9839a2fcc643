/**
 * What comes out of the sandbox, checked: a learner's code can send anything it likes.
 *
 * Only known fields of the right kind are taken over, as copies; whatever does not fit is dropped.
 */

import { PATCH, TABLE } from '../contract';
import type {
  Answered,
  Control,
  MimeBundle,
  MimeType,
  RunEvent,
  RunStatus,
  StartStep,
  WorkerEvent,
} from '../protocol';

/** Longer text is no output any more; the session cuts what is printed far below this. */
export const MAX_TEXT = 4_000_000;
const MAX_MESSAGE = 1000;
/** Text that is laid out at once, as a value or an error; the session shortens both to 50,000. */
export const MAX_SHOWN = 100_000;
/** What an error is called, and the cell that it is in. */
const MAX_NAME = 200;
const MIME_TYPES: MimeType[] = [
  'text/plain',
  'text/html',
  'image/svg+xml',
  'image/png',
  PATCH,
  TABLE,
];
const STEPS: StartStep[] = ['engine', 'packages', 'session'];
const STATUSES: RunStatus[] = ['ok', 'error', 'stopped'];

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  return value.length <= MAX_TEXT ? value : null;
}

/** Text of which the beginning does. */
function beginning(value: unknown, most: number): string | null {
  return typeof value === 'string' ? value.slice(0, most) : null;
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function oneOf<T extends string>(value: unknown, known: T[]): T | null {
  return known.find((each) => each === value) ?? null;
}

/** What the page can show of a bundle; null where it is none. */
export function asBundle(value: unknown): MimeBundle | null {
  if (!isFields(value)) return null;
  const found: MimeBundle = {};
  for (const type of MIME_TYPES) {
    const data = type === 'text/plain' ? beginning(value[type], MAX_SHOWN) : text(value[type]);
    if (data !== null) found[type] = data;
  }
  return found;
}

/** Longer labels are no labels; a longer list is nothing to choose from. */
const MAX_LABEL = 200;
const MAX_OPTIONS = 200;

function label(value: unknown): string | null {
  return typeof value === 'string' && value.length <= MAX_LABEL ? value : null;
}

function finite(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function control(found: unknown): Control | null {
  if (!isFields(found)) return null;
  const name = label(found.label);
  if (name === null) return null;
  if (found.kind === 'switch') {
    const { value, first } = found;
    if (typeof value !== 'boolean' || typeof first !== 'boolean') return null;
    return { kind: 'switch', label: name, value, first };
  }
  if (found.kind === 'choice') {
    if (!Array.isArray(found.options) || found.options.length > MAX_OPTIONS) return null;
    const options = found.options.map(label).filter((each) => each !== null);
    const value = oneOf(found.value, options);
    const first = oneOf(found.first, options);
    if (value === null || first === null) return null;
    return { kind: 'choice', label: name, value, first, options };
  }
  const value = finite(found.value);
  const first = finite(found.first);
  if (value === null || first === null) return null;
  const minimum = finite(found.minimum);
  const maximum = finite(found.maximum);
  const step = finite(found.step);
  if (found.kind === 'number') {
    return { kind: 'number', label: name, value, first, minimum, maximum, step };
  }
  if (found.kind !== 'slider' || minimum === null || maximum === null || step === null) return null;
  return { kind: 'slider', label: name, value, first, minimum, maximum, step };
}

/** The event that `message` is, or null for anything else. */
export function asWorkerEvent(message: unknown): WorkerEvent | null {
  if (!isFields(message)) return null;
  if (message.type === 'step') {
    const step = oneOf(message.step, STEPS);
    return step && { type: 'step', step };
  }
  if (message.type === 'ready') {
    const python = beginning(message.python, MAX_NAME);
    return python === null
      ? null
      : { type: 'ready', stackSwitching: message.stackSwitching === true, python };
  }
  if (message.type === 'failed') {
    return { type: 'failed', message: beginning(message.message, MAX_MESSAGE) ?? '' };
  }
  if (message.type === 'answered') return asAnswered(message);
  if (message.type === 'begun') {
    const run = count(message.run);
    return run === null ? null : { type: 'begun', run };
  }
  return asRunEvent(message);
}

function asAnswered(message: Fields): Answered | null {
  const id = count(message.id);
  if (id === null) return null;
  const error = text(message.error);
  if (error !== null) return { type: 'answered', id, error: error.slice(0, MAX_MESSAGE) };
  const data = text(message.data);
  return data === null ? null : { type: 'answered', id, data };
}

function asRunEvent(message: Fields): RunEvent | null {
  const run = count(message.run);
  if (run === null) return null;
  switch (message.type) {
    case 'stdout':
    case 'stderr': {
      const printed = text(message.text);
      if (printed === null) return null;
      const skipped = count(message.skipped);
      return { type: message.type, run, text: printed, ...(skipped !== null && { skipped }) };
    }
    case 'display':
    case 'keep': {
      const shown = asBundle(message.bundle);
      return shown && { type: message.type, run, bundle: shown };
    }
    case 'input': {
      const prompt = beginning(message.prompt, MAX_MESSAGE);
      return prompt === null ? null : { type: 'input', run, prompt };
    }
    case 'control': {
      const asked = control(message.control);
      return asked && { type: 'control', run, control: asked };
    }
    case 'error':
      return {
        type: 'error',
        run,
        name: beginning(message.name, MAX_NAME) ?? 'Error',
        message: beginning(message.message, MAX_SHOWN) ?? '',
        traceback: beginning(message.traceback, MAX_SHOWN) ?? '',
        cell: beginning(message.cell, MAX_NAME),
        line: count(message.line),
        column: count(message.column),
        endLine: count(message.endLine),
        endColumn: count(message.endColumn),
      };
    case 'done': {
      const status = oneOf(message.status, STATUSES);
      return status && { type: 'done', run, status };
    }
    default:
      return null;
  }
}
