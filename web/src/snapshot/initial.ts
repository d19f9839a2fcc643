/** What memory begins with is in the engine's code already: a snapshot need not hold it again. */

/** Where the engine's data are placed: its `__memory_base`. */
const BASE = 1024;

const DATA_SECTION = 11;
const GLOBAL_GET = 0x23;
const END = 0x0b;

/**
 * Turns memory into its difference from what it begins with, or the difference into memory: by exclusive or,
 * in place. Most of the difference is zero, which compresses to nothing.
 *
 * @param memory as the engine sees it, from address 0.
 * @param code the engine's WebAssembly.
 */
export function toggleInitialData(memory: Uint8Array, code: Uint8Array): void {
  const data = initialData(code);
  for (let index = 0; index < data.length; index++) {
    // Both are there: the loop ends with the shorter, and the memory holds all of the data.
    memory[BASE + index]! ^= data[index]!; // eslint-disable-line @typescript-eslint/no-non-null-assertion
  }
}

/** The engine's one segment of data (WebAssembly core specification, 5.5.14). */
function initialData(code: Uint8Array): Uint8Array {
  let place = 8;
  const byte = (): number => code[place++] ?? 0;
  /** An unsigned number in LEB128. */
  const number = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const next = byte();
      value += (next & 127) * scale;
      if (next < 128) return value;
    }
  };
  while (place < code.length) {
    const section = byte();
    const length = number();
    if (section === DATA_SECTION) {
      const [segments, kind, instruction] = [number(), number(), byte()];
      number();
      if (segments !== 1 || kind !== 0 || instruction !== GLOBAL_GET || byte() !== END) break;
      const bytes = number();
      return code.subarray(place, place + bytes);
    }
    place += length;
  }
  throw new Error('The engine does not begin with one segment of data.');
}

/** The part of Pyodide's snapshot that is memory from address 0: how much stands before it, it says itself. */
export function heapOf(snapshot: Uint8Array): Uint8Array {
  const begin = new DataView(snapshot.buffer, snapshot.byteOffset).getUint32(4, true);
  return snapshot.subarray(begin);
}
