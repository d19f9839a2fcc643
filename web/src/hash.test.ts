import { expect, test } from 'vitest';
import { hasHash } from './hash';

test('one changed byte is another hash', async () => {
  const abc = new TextEncoder().encode('abc');
  const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(await hasHash(abc.buffer, sha256)).toBe(true);
  abc[1] = 0;
  expect(await hasHash(abc.buffer, sha256)).toBe(false);
});
