import { describe, expect, it } from 'vitest';
import { asBundle, asWorkerEvent, MAX_SHOWN, MAX_TEXT } from './validate';
import { fuzz, PATIENCE } from '../fuzz';
import fc from 'fast-check';

describe('what comes out of the sandbox', () => {
  it.each([
    null,
    undefined,
    3,
    'done',
    [],
    {},
    { type: 'run' },
    { type: 'done' },
    { type: 'done', run: -1, status: 'ok' },
    { type: 'done', run: 1.5, status: 'ok' },
    { type: 'done', run: 1, status: 'great' },
    { type: 'stdout', run: 1, text: 3 },
    { type: 'stdout', run: 1, text: 'x'.repeat(MAX_TEXT + 1) },
    { type: 'display', run: 1, bundle: null },
    { type: 'input', run: 1 },
    { type: 'step', step: 'elsewhere' },
    { type: 'ready' },
    { type: 'begun', run: 'one' },
    { type: 'answered', data: '1' },
    { type: 'answered', id: '1', data: '1' },
    { type: 'answered', id: 1 },
    { type: 'answered', id: 1, data: { a: 1 } },
    { type: 'answered', id: 1, data: 'x'.repeat(MAX_TEXT + 1) },
  ])('%# is dropped where it does not fit', (message) => {
    expect(asWorkerEvent(message)).toBeNull();
  });

  it('is taken over field by field', () => {
    const message = { type: 'stdout', run: 1, text: 'hi', html: '<b>', __proto__: { run: 2 } };
    expect(asWorkerEvent(message)).toEqual({ type: 'stdout', run: 1, text: 'hi' });
  });

  it('shows only what the page can draw', () => {
    const bundle = { 'text/plain': 'x', 'application/javascript': 'alert(1)', 'image/png': 7 };
    expect(asWorkerEvent({ type: 'display', run: 1, bundle })).toEqual({
      type: 'display',
      run: 1,
      bundle: { 'text/plain': 'x' },
    });
  });

  it('is an answer, or why there is none', () => {
    const answered = { type: 'answered', id: 1, data: '{}' };
    expect(asWorkerEvent({ ...answered, html: '<b>' })).toEqual(answered);
    expect(asWorkerEvent({ ...answered, error: 'no' })).toEqual({
      type: 'answered',
      id: 1,
      error: 'no',
    });
  });

  it('is a bundle of what the page can draw, or none', () => {
    const bundle = { 'image/svg+xml': '<svg/>', 'text/javascript': 'alert(1)' };
    expect(asBundle(bundle)).toEqual({ 'image/svg+xml': '<svg/>' });
    expect(asBundle('x')).toBeNull();
  });

  it.each([
    { kind: 'slider', label: 'a', value: 1, first: 0, minimum: 0, maximum: 2, step: 0.5 },
    { kind: 'number', label: 'a', value: 1, first: 0, minimum: null, maximum: 2, step: null },
    { kind: 'choice', label: 'a', value: 'x', first: 'y', options: ['x', 'y'] },
    { kind: 'switch', label: 'a', value: true, first: false },
  ])('is a control ($kind)', (control) => {
    const event = { type: 'control', run: 1, control: { ...control, onmove: 'x' } };
    expect(asWorkerEvent(event)).toEqual({ type: 'control', run: 1, control });
  });

  it.each([
    { kind: 'slider', label: 'a', value: 1, first: 0, minimum: null, maximum: 2, step: 0.5 },
    { kind: 'slider', label: 'a', value: NaN, first: 0, minimum: 0, maximum: 2, step: 0.5 },
    { kind: 'number', label: 'x'.repeat(201), value: 1, first: 0 },
    { kind: 'choice', label: 'a', value: 'z', first: 'y', options: ['x', 'y'] },
    { kind: 'choice', label: 'a', value: 'x', first: 'x', options: Array(201).fill('x') },
    { kind: 'switch', label: 'a', value: 1, first: false },
    { kind: 'button', label: 'a', value: 1, first: 1 },
    null,
  ])('%# is no control', (control) => {
    expect(asWorkerEvent({ type: 'control', run: 1, control })).toBeNull();
  });

  it('is an error even where its place is nonsense', () => {
    expect(
      asWorkerEvent({ type: 'error', run: 1, name: 'E', line: 'x', column: NaN, cell: {} }),
    ).toMatchObject({ name: 'E', line: null, column: null, cell: null, traceback: '' });
  });
});

it('text that is laid out at once is cut', () => {
  const long = 'x'.repeat(MAX_TEXT);
  const error = { type: 'error', run: 1, name: long, message: long, traceback: long, cell: long };
  for (const each of Object.values(asWorkerEvent(error) ?? {})) {
    expect(String(each).length).toBeLessThanOrEqual(MAX_SHOWN);
  }
  expect(asBundle({ 'text/plain': long })?.['text/plain']?.length).toBe(MAX_SHOWN);
});

const types = fc.constantFrom(
  'step',
  'ready',
  'failed',
  'answered',
  'begun',
  'stdout',
  'stderr',
  'display',
  'keep',
  'input',
  'control',
  'error',
  'done',
);
const scalar = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
  fc.bigInt(),
);
const anything = fc.oneof(
  scalar,
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
  }),
  fc.record(
    {
      kind: fc.constantFrom('slider', 'number', 'choice', 'switch'),
      label: scalar,
      value: scalar,
      first: scalar,
      options: fc.array(scalar),
      minimum: scalar,
      maximum: scalar,
      step: scalar,
    },
    { requiredKeys: [] },
  ),
  fc.record(
    { 'text/plain': scalar, 'text/html': scalar, 'image/svg+xml': scalar, 'image/png': scalar },
    { requiredKeys: [] },
  ),
);
const message = fc.record(
  {
    type: types,
    run: scalar,
    id: scalar,
    text: anything,
    skipped: scalar,
    bundle: anything,
    control: anything,
    prompt: anything,
    name: anything,
    message: anything,
    traceback: anything,
    cell: anything,
    line: anything,
    column: anything,
    status: anything,
    step: anything,
    data: anything,
    error: anything,
    python: anything,
  },
  { requiredKeys: ['type'] },
);

it(
  'of random messages only fields of the right kind come through',
  () => {
    fc.assert(
      fc.property(fc.oneof(message, fc.anything()), (sent) => {
        const taken = asWorkerEvent(sent);
        if (taken === null) return;
        // Text, finite numbers, switches, lists of text and plain records of them: all that JSON brings back.
        expect(JSON.parse(JSON.stringify(taken))).toEqual(taken);
        // What was taken is taken as it is once more.
        expect(asWorkerEvent(taken)).toEqual(taken);
      }),
      fuzz(2_000),
    );
  },
  PATIENCE,
);
