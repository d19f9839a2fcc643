import { expect, test } from 'vitest';
import { Incoming } from './incoming';

test('a file is had before it is here and after', async () => {
  const files = new Incoming();
  const [early, other] = [new ArrayBuffer(1), new ArrayBuffer(2)];
  const waiting = files.get('early');
  files.bring('other', other);
  files.bring('early', early);
  expect(await waiting).toBe(early);
  expect(await files.get('early')).toBe(early);
  expect(await files.get('other')).toBe(other);
});
