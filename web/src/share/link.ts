/**
 * Code in a link: `#1.<payload>`, where 1 is the version of the format and the payload is JSON, UTF-8,
 * deflated and written in base64url. The fragment of an address never reaches a server.
 */

import { isGroupList } from '../diagram/groups';
import type { OutputMoment } from '../output/diagrams';

export const VERSION = 1;
/** What a link may hold when unpacked; a small one can be made to unpack to gigabytes. */
export const MAX_UNPACKED = 1_000_000;

/** Longer addresses are not opened by every browser. */
export const MAX_PACKED = 500_000;

export interface Shared {
  code: string;
  /** What the output's diagrams are to show after the first run. */
  moment?: OutputMoment;
}

/** A link that cannot be read, with words for the reader. */
export class LinkError extends Error {}

/** Rejects with LinkError where there is too much for a link. */
export async function encode(shared: Shared): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(shared));
  if (bytes.length > MAX_UNPACKED) throw tooMuch();
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const payload = toBase64Url(new Uint8Array(await new Response(packed).arrayBuffer()));
  if (payload.length > MAX_PACKED) throw tooMuch();
  return `${VERSION}.${payload}`;
}

function tooMuch(): LinkError {
  return new LinkError('This is too much for a link. Download it as a file, and send that.');
}

/** What a fragment (without `#`) holds. Rejects with LinkError. */
export async function decode(fragment: string): Promise<Shared> {
  const match = /^(\d+)\.(.*)$/s.exec(fragment);
  if (match === null) throw damaged();
  const [, version = '', payload = ''] = match;
  if (Number(version) > VERSION) {
    throw new LinkError(
      'This link was made by a newer version of this page. Reload the page, or ask for the code as a file.',
    );
  }
  const text = await unpack(payload);
  let shared: unknown;
  try {
    shared = JSON.parse(text);
  } catch {
    throw damaged();
  }
  if (typeof shared !== 'object' || shared === null || !('code' in shared)) throw damaged();
  if (typeof shared.code !== 'string') throw damaged();
  const moment = 'moment' in shared ? readMoment(shared.moment) : null;
  return { code: shared.code, ...(moment !== null && { moment }) };
}

/** The moment, or null where it is none: the code is worth having all the same. */
function readMoment(value: unknown): OutputMoment | null {
  if (typeof value !== 'object' || value === null) return null;
  const { diagram, step, node, open } = value as Record<string, unknown>;
  const isCount = (each: unknown): each is number =>
    Number.isSafeInteger(each) && Number(each) >= 0;
  if (!isCount(diagram)) return null;
  return {
    diagram,
    ...(isCount(step) && { step }),
    ...(typeof node === 'string' && { node }),
    ...(isGroupList(open) && { open }),
  };
}

function damaged(): LinkError {
  return new LinkError(
    'This link is damaged, so its code cannot be read. Perhaps a part was cut off when it was copied: ask for the whole link.',
  );
}

async function unpack(payload: string): Promise<string> {
  const bytes = fromBase64Url(payload);
  const reader = new Blob([bytes])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'))
    .getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      length += value.length;
      if (length > MAX_UNPACKED) {
        await reader.cancel();
        throw new LinkError(
          'This link holds more than a million characters, which is too much to open.',
        );
      }
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    throw error instanceof LinkError ? error : damaged();
  }
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    throw damaged();
  }
}
