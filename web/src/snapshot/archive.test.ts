import { expect, test } from 'vitest';
import { readArchive } from './archive';

const encoder = new TextEncoder();

/** A header and content of tar, as the builder's Python writes them. */
function entry(name: string, content: string, prefix = ''): Uint8Array {
  const bytes = encoder.encode(content);
  const whole = new Uint8Array(512 + Math.ceil(bytes.length / 512) * 512);
  whole.set(encoder.encode(name));
  whole.set(encoder.encode(bytes.length.toString(8).padStart(11, '0')), 124);
  whole.set(encoder.encode(prefix), 345);
  whole.set(bytes, 512);
  return whole;
}

/** A frame of Zstandard (RFC 8878) whose one block is stored as it is. */
function packed(...entries: Uint8Array[]): ArrayBuffer {
  const whole = entries.flatMap((each) => [...each]).concat(Array<number>(1024).fill(0));
  const size = [0, 8, 16, 24].map((shift) => (whole.length >> shift) & 255);
  const block = [1 | (whole.length << 3), whole.length >> 5, whole.length >> 13].map(
    (n) => n & 255,
  );
  return Uint8Array.from([...size, 0x28, 0xb5, 0x2f, 0xfd, 0xa0, ...size, ...block, ...whole])
    .buffer;
}

function text(archive: Map<string, Uint8Array>, name: string): string {
  return new TextDecoder().decode(archive.get(name));
}

test('an archive gives its files, whatever their lengths', async () => {
  const long = 'x'.repeat(512);
  const archive = await readArchive(
    packed(entry('a.py', 'first'), entry('b/', ''), entry('c', long)),
  );
  expect([...archive.keys()]).toEqual(['a.py', 'b/', 'c']);
  expect(text(archive, 'a.py')).toBe('first');
  expect(text(archive, 'c')).toBe(long);
});

test('a long path stands in two fields', async () => {
  const archive = await readArchive(packed(entry('file.py', '1', 'deep/within')));
  expect(text(archive, 'deep/within/file.py')).toBe('1');
});

test('what is no archive is refused', async () => {
  await expect(readArchive(encoder.encode('something else').buffer)).rejects.toThrow();
  await expect(readArchive(packed(new Uint8Array(512).fill(65)))).rejects.toThrow(
    'This is no archive.',
  );
});
