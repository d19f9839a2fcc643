/**
 * Code in a link. The fragment of an address never reaches a server.
 *
 * `#2.<check><length>.<payload>`: 2 is the version of the format, and the payload is JSON, UTF-8, deflated and
 * written in base64url. The check has three characters, the length of the payload is written in base 36; both
 * stand in front, so that a link that was cut off knows what is missing, and what a chat or a mail program has
 * put behind it is not read. `#1.<payload>` is the same without the two, and is read for ever.
 */

import { isGroupList } from '../diagram/groups';
import type { OutputMoment } from '../output/diagrams';

export const VERSION = 2;
/** What a link may hold when unpacked; a small one can be made to unpack to gigabytes. */
export const MAX_UNPACKED = 1_000_000;

/** Longer addresses are not opened by every browser. */
export const MAX_PACKED = 500_000;

/** As many characters of markup stand behind a link at most. */
const MARKUP = 4;

export interface Shared {
  code: string;
  /** What the output's diagrams are to show after the first run. */
  moment?: OutputMoment;
}

/** What a link holds, and the link itself without what was put behind it. */
export interface Opened {
  link: string;
  shared: Shared;
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
  return `${VERSION}.${check(payload)}${payload.length.toString(36)}.${payload}`;
}

function tooMuch(): LinkError {
  return new LinkError('This is too much for a link. Download it as a file, and send that.');
}

/**
 * What a fragment (without `#`) holds, as it comes out of a chat: with a full stop, a bracket or a campaign's
 * parameters behind it, percent-encoded, or broken into lines. Rejects with LinkError.
 */
export async function decode(fragment: string): Promise<Opened> {
  const text = withoutMarks(fragment);
  const [, version, rest = ''] = /^(\d+)\.(.*)$/s.exec(text) ?? [];
  if (version === undefined) throw damaged();
  if (Number(version) > VERSION) {
    throw new LinkError(
      'This link was made by a newer version of this page. Reload the page, or ask for the code as a file.',
    );
  }
  return Number(version) === 1 ? decodeFirst(rest) : decodeChecked(rest);
}

/** Spaces, line breaks and characters without width, and what stands for characters of a link. */
function withoutMarks(fragment: string): string {
  let text = fragment;
  try {
    text = decodeURIComponent(fragment);
  } catch {
    // A lone percent sign: what comes before it may be right all the same.
  }
  return text.replace(/[\s\u00ad\u200b-\u200f\u2060\ufeff]/g, '');
}

/** Version 1: the payload ends where no character of it follows, or before a `_` or `-` of a chat's markup. */
async function decodeFirst(rest: string): Promise<Opened> {
  let payload = /^[\w-]*/.exec(rest)?.[0] ?? '';
  for (let left = MARKUP; ; left -= 1) {
    try {
      return { link: `1.${payload}`, shared: readShared(await unpack(payload)) };
    } catch (error) {
      // Both are characters of a payload too: they go only where the whole is no link.
      if (!(error instanceof Damaged) || left === 0 || !/[_-]$/.test(payload)) throw error;
      payload = payload.slice(0, -1);
    }
  }
}

async function decodeChecked(rest: string): Promise<Opened> {
  const [, sum = '', digits = '', given = ''] = /^([\w-]{3})([\da-z]+)\.(.*)$/s.exec(rest) ?? [];
  const length = parseInt(digits, 36);
  // The length itself may have been cut off, or changed to what no link has.
  if (!(length <= MAX_PACKED)) throw /^[\w-]{0,7}$/.test(rest) ? cutOff(0) : damaged();
  const payload = given.slice(0, length);
  if (payload.length < length) throw cutOff(payload.length / length);
  if (check(payload) !== sum) throw damaged();
  return { link: `2.${sum}${digits}.${payload}`, shared: readShared(await unpack(payload)) };
}

/** FNV-1a, of which three characters, 18 bits, are enough to tell a change from a copy. */
function check(payload: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < payload.length; at += 1) {
    hash = Math.imul(hash ^ payload.charCodeAt(at), 0x01000193);
  }
  const folded = (hash >>> 14) ^ (hash & 0x3fff);
  return toBase64Url(Uint8Array.of(folded >>> 10, folded >>> 2, folded << 6)).slice(0, 3);
}

function readShared(text: string): Shared {
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

/** What is left of it means nothing. */
class Damaged extends LinkError {}

function damaged(): LinkError {
  return new Damaged(
    'This link is damaged, so its code cannot be read. Perhaps a part was lost or changed when it was copied: ask for the whole link.',
  );
}

/** @param left how much of the link is there, from 0 to 1. */
function cutOff(left: number): LinkError {
  const percent = Math.min(99, Math.max(1, Math.round(100 * (1 - left))));
  return new LinkError(
    `This link was cut off when it was copied: about ${percent}% of it is missing. Ask for the whole link, or for the code as a file.`,
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
