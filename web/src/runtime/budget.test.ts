import { describe, expect, it } from 'vitest';
import type { WorkerEvent } from '../protocol';
import { Budget } from './budget';

/** How many of 20,000 messages like this one are taken from a run. */
function taken(event: (n: number) => WorkerEvent, budget = new Budget()): number {
  return Array.from({ length: 20_000 }, (_, n) => budget.admit(event(n))).filter(Boolean).length;
}

const switchAt = (label: string): WorkerEvent => ({
  type: 'control',
  run: 1,
  control: { kind: 'switch', label, value: true, first: true },
});

describe('the budget of a run', () => {
  it('has room for all that is printed, for one control asked for in a loop, and for patches', () => {
    expect(taken(() => ({ type: 'stdout', run: 1, text: 'x' }))).toBe(20_000);
    expect(taken(() => switchAt('a'))).toBe(20_000);
    const bundle = { 'application/vnd.backprop.patch+json': 'x'.repeat(10_000) };
    expect(taken(() => ({ type: 'display', run: 1, bundle }))).toBe(20_000);
  });

  it('ends floods of each kind', () => {
    expect(taken(() => ({ type: 'input', run: 1, prompt: 'p' }))).toBe(10_000);
    expect(taken((n) => switchAt(String(n)))).toBe(100);
    const options = Array.from({ length: 200 }, (_, n) => String(n));
    expect(
      taken((n) => ({
        type: 'control',
        run: 1,
        control: { kind: 'choice', label: String(n), value: '1', first: '1', options },
      })),
    ).toBe(10);
    const place = { cell: null, line: null, column: null, endLine: null, endColumn: null };
    expect(
      taken(() => ({ type: 'error', run: 1, name: 'E', message: '', traceback: '', ...place })),
    ).toBe(3);
    const bundle = { 'text/html': 'x'.repeat(1_000_000) };
    expect(taken(() => ({ type: 'display', run: 1, bundle }))).toBe(60);
  });

  it('is full again for the next run', () => {
    const budget = new Budget();
    const ask = (run: number) => (): WorkerEvent => ({ type: 'input', run, prompt: 'p' });
    expect([taken(ask(1), budget), taken(ask(2), budget)]).toEqual([10_000, 10_000]);
  });
});
