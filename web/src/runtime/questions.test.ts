import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Command } from '../protocol';
import { MAX_NESTING, type Question, Questions } from './questions';

let sent: Extract<Command, { type: 'ask' }>[] = [];
let isBusy = false;
let questions: Questions;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  isBusy = false;
  questions = new Questions(
    (command) => sent.push(command as (typeof sent)[number]),
    () => isBusy,
  );
});
afterEach(() => {
  vi.useRealTimers();
});

/** A question whose answer is a number. */
function double(data: unknown, about = ''): Question<number> {
  const read = (answer: unknown) => (typeof answer === 'number' ? answer : undefined);
  return { name: 'double', about, data, read };
}

/** What came of it: the answer, or the reason why there is none. */
function outcome(data: unknown, about?: string): Promise<unknown> {
  return questions.ask(double(data, about)).catch((error: unknown) => error);
}

const answered = (id: number, data: string): void => {
  questions.receive({ type: 'answered', id, data });
};

describe('a question to Python', () => {
  it('is answered, and what is not known is dropped', async () => {
    const found = outcome(4);
    expect(sent).toEqual([{ type: 'ask', id: 1, name: 'double', data: '4' }]);
    answered(2, '9');
    answered(1, '8');
    answered(1, '9');
    expect(await found).toBe(8);
  });

  it.each([
    ['of another shape', '"8"'],
    ['no JSON', '8,'],
    ['nested too deep', '['.repeat(MAX_NESTING + 1) + ']'.repeat(MAX_NESTING + 1)],
    ['nested without an end', '['.repeat(1_000_000)],
    ['nothing', 'null'],
    // Looked through from each mark anew, this would take minutes.
    ['an endless text', '"' + '\\\\"'.repeat(1_900_000)],
  ])('takes no answer that is %s', async (_, data) => {
    const found = outcome(4);
    answered(1, data);
    expect(await found).toMatchObject({ reason: 'failed' });
  });

  it('counts no bracket in a text', async () => {
    const found = questions.ask({ ...double(4), read: (answer) => String(answer).length });
    answered(1, JSON.stringify('[{"\\'.repeat(100)));
    expect(await found).toBe(400);
  });

  it('fails with the words of an error', async () => {
    const found = outcome(4);
    questions.receive({ type: 'answered', id: 1, error: 'ValueError: no' });
    expect(await found).toMatchObject({ reason: 'failed', message: 'ValueError: no' });
  });

  it('takes the place of one about the same thing that waits', async () => {
    const all = [1, 2, 3].map((each) => outcome(each, 'w'));
    const other = outcome(7, 'b');
    expect(sent.map(({ data }) => data)).toEqual(['1', '7']);
    answered(1, '2');
    expect(sent.map(({ data }) => data)).toEqual(['1', '7', '3']);
    answered(2, '14');
    answered(3, '6');
    expect(await Promise.all(all)).toEqual([
      2,
      expect.objectContaining({ reason: 'superseded' }),
      6,
    ]);
    expect(await other).toBe(14);
  });

  it('ends with the worker, and is not answered after that', async () => {
    const all = [outcome(1), outcome(2)];
    questions.end('Python was ended.');
    answered(1, '2');
    const ended: unknown = expect.objectContaining({
      reason: 'ended',
      message: 'Python was ended.',
    });
    expect(await Promise.all(all)).toEqual([ended, ended]);
    expect(sent).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits as long as a program runs, and then not for ever', async () => {
    const found = outcome(1);
    isBusy = true;
    await vi.advanceTimersByTimeAsync(1_000_000);
    isBusy = false;
    await vi.advanceTimersByTimeAsync(100_000);
    expect(await found).toMatchObject({ reason: 'failed' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not sent where it is too large, too deep, or too much is asked', async () => {
    let deep: unknown = 1;
    for (let n = 0; n <= MAX_NESTING; n++) deep = [deep];
    expect(await outcome('x'.repeat(300_000))).toMatchObject({ reason: 'failed' });
    expect(await outcome(deep)).toMatchObject({ reason: 'failed' });
    for (let n = 0; n < 32; n++) void outcome(n, String(n));
    expect(await outcome(0, 'another')).toMatchObject({ reason: 'failed' });
    expect(sent).toHaveLength(32);
  });
});
