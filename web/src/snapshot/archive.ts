/** Archives of many files in one: tar, packed with Zstandard, which packs a snapshot by a quarter more than gzip. */

import { ZSTDDecoder } from 'zstddec/stream';

/** Blocks of tar (POSIX.1-2001, ustar): a header, then content up to the end of its last block. */
const BLOCK = 512;

/** Files by their paths. */
export type Archive = Map<string, Uint8Array<ArrayBuffer>>;

/** Where the packed content begins: behind its length when unpacked. */
const PACKED = 4;
/** As many bytes are given to the decoder at a time: its memory stays, and is not to hold everything. */
const PART = 2 ** 18;
/** As often as this the decoder may take in without giving out. */
const IDLE = 16;

/** Unpacks. Rejects where the bytes are no such archive. */
export async function readArchive(packed: ArrayBuffer): Promise<Archive> {
  const decoder = new ZSTDDecoder();
  await decoder.init();
  const whole = new Uint8Array(new DataView(packed).getUint32(0, true));
  let [length, idle] = [0, 0];
  for (const part of decoder.decodeStreaming(parts(new Uint8Array(packed, PACKED)))) {
    // Of what it cannot unpack, the decoder gives nothing for ever.
    idle = part.length === 0 ? idle + 1 : 0;
    if (idle > IDLE || length + part.length > whole.length) break;
    whole.set(part, length);
    length += part.length;
  }
  if (length !== whole.length) throw new Error('This is no archive.');
  return entries(whole);
}

function* parts(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += PART) {
    yield bytes.subarray(start, start + PART);
  }
}

/** The files of an archive by their paths: views of it, nothing is copied. */
function entries(archive: Uint8Array<ArrayBuffer>): Archive {
  const found: Archive = new Map();
  const decoder = new TextDecoder();
  for (let place = 0; archive[place];) {
    const field = (offset: number, length: number): string => {
      const text = decoder.decode(archive.subarray(place + offset, place + offset + length));
      return text.split('\0', 1)[0] ?? '';
    };
    const [name, prefix, size] = [field(0, 100), field(345, 155), parseInt(field(124, 12), 8)];
    if (Number.isNaN(size)) throw new Error('This is no archive.');
    const content = place + BLOCK;
    found.set(prefix ? `${prefix}/${name}` : name, archive.subarray(content, content + size));
    place = content + Math.ceil(size / BLOCK) * BLOCK;
  }
  return found;
}
