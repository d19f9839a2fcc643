/**
 * What comes out of the sandbox, checked: a learner's code can send anything it likes.
 *
 * Only known fields of the right kind are taken over, as copies; whatever does not fit is dropped.
 */

import type {
  MimeBundle,
  MimeType,
  RunEvent,
  RunStatus,
  StartStep,
  WorkerEvent,
} from '../protocol';

/** Longer text is no output any more; the session cuts what is printed far below this. */
export const MAX_TEXT = 4_000_000;
const MIME_TYPES: MimeType[] = ['text/plain', 'text/html', 'image/svg+xml', 'image/png'];
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

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function oneOf<T extends string>(value: unknown, known: T[]): T | null {
  return known.find((each) => each === value) ?? null;
}

function bundle(value: unknown): MimeBundle | null {
  if (!isFields(value)) return null;
  const found: MimeBundle = {};
  for (const type of MIME_TYPES) {
    const data = text(value[type]);
    if (data !== null) found[type] = data;
  }
  return found;
}

/** The event that `message` is, or null for anything else. */
export function asWorkerEvent(message: unknown): WorkerEvent | null {
  if (!isFields(message)) return null;
  if (message.type === 'step') {
    const step = oneOf(message.step, STEPS);
    return step && { type: 'step', step };
  }
  if (message.type === 'ready') {
    const python = text(message.python);
    return python === null
      ? null
      : { type: 'ready', stackSwitching: message.stackSwitching === true, python };
  }
  if (message.type === 'failed') {
    return { type: 'failed', message: (text(message.message) ?? '').slice(0, 1000) };
  }
  return asRunEvent(message);
}

function asRunEvent(message: Fields): RunEvent | null {
  const run = count(message.run);
  if (run === null) return null;
  switch (message.type) {
    case 'stdout':
    case 'stderr': {
      const printed = text(message.text);
      return printed === null ? null : { type: message.type, run, text: printed };
    }
    case 'display': {
      const shown = bundle(message.bundle);
      return shown && { type: 'display', run, bundle: shown };
    }
    case 'input': {
      const prompt = text(message.prompt);
      return prompt === null ? null : { type: 'input', run, prompt };
    }
    case 'error':
      return {
        type: 'error',
        run,
        name: text(message.name) ?? 'Error',
        message: text(message.message) ?? '',
        traceback: text(message.traceback) ?? '',
        cell: text(message.cell),
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
