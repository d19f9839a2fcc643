import { expect, test } from 'vitest';
import { heapOf, toggleInitialData } from './initial';

const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
/** A section of no interest, 200 bytes long: its length takes two bytes. */
const CUSTOM = [0, 0xc8, 1, ...Array<number>(200).fill(11)];

/** A module with one segment of data at `__memory_base`. */
function engine(data: number[], segments = 1): Uint8Array {
  const segment = [0, 0x23, 0, 0x0b, data.length, ...data];
  return Uint8Array.from([...HEADER, ...CUSTOM, 11, segment.length + 1, segments, ...segment]);
}

test('what memory begins with becomes zero, and comes back', () => {
  const memory = new Uint8Array(2048).fill(7);
  memory.set([1, 2, 9], 1024);
  const before = memory.slice();
  toggleInitialData(memory, engine([1, 2, 3]));
  expect([...memory.subarray(1023, 1028)]).toEqual([7, 0, 0, 9 ^ 3, 7]);
  toggleInitialData(memory, engine([1, 2, 3]));
  expect(memory).toEqual(before);
});

test('an engine that is made in another way is refused', () => {
  const memory = new Uint8Array(2048);
  const words = 'does not begin with one segment of data';
  expect(() => {
    toggleInitialData(memory, engine([1], 2));
  }).toThrow(words);
  expect(() => {
    toggleInitialData(memory, Uint8Array.from(HEADER));
  }).toThrow(words);
});

test('memory begins where the snapshot says', () => {
  const snapshot = Uint8Array.of(1, 2, 3, 4, 16, 0, 0, 0, ...Array<number>(8).fill(0), 42);
  expect([...heapOf(snapshot)]).toEqual([42]);
});
