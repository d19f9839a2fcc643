import { expect, test, vi } from 'vitest';
import { Arrival } from './arrival';

const FILES = new Map([['/a.py', Uint8Array.of(1)]]);

function arrival(): { takeIn: ReturnType<typeof vi.fn>; arriving: Arrival } {
  const takeIn = vi.fn();
  return { takeIn, arriving: new Arrival(takeIn) };
}

test('what comes while a program runs is taken in after it', () => {
  const { takeIn, arriving } = arrival();
  arriving.bring(FILES);
  expect(takeIn).not.toHaveBeenCalled();
  arriving.settle();
  arriving.settle();
  expect(takeIn.mock.calls).toEqual([[FILES]]);
});

test('a program that needs it takes it in at once', async () => {
  const { takeIn, arriving } = arrival();
  arriving.bring(FILES);
  expect(await arriving.wait()).toBeNull();
  expect(takeIn).toHaveBeenCalledOnce();
});

test('a program that waits goes on when it has come', async () => {
  const { takeIn, arriving } = arrival();
  const waiting = arriving.wait();
  arriving.bring(FILES);
  expect(takeIn).toHaveBeenCalledOnce();
  expect(await waiting).toBeNull();
  expect(await arriving.wait()).toBeNull();
});

test('a broken connection is told, until the next run asks again', async () => {
  const { arriving } = arrival();
  const waiting = arriving.wait();
  arriving.miss('no connection');
  expect(await waiting).toBe('no connection');
  expect(await arriving.wait()).toBe('no connection');
  arriving.begin();
  const again = arriving.wait();
  arriving.bring(FILES);
  expect(await again).toBeNull();
});

test('code that reads files of packages waits before it begins', () => {
  const { arriving } = arrival();
  expect(arriving.holds('import torch', true)).toBe(false);
  expect(arriving.holds('import inspect', true)).toBe(true);
  expect(arriving.holds('await asyncio.sleep(1)', true)).toBe(true);
  // Where nothing can wait later, everything waits before.
  expect(arriving.holds('import torch', false)).toBe(true);
  arriving.bring(FILES);
  arriving.settle();
  expect(arriving.holds('import inspect', false)).toBe(false);
});
