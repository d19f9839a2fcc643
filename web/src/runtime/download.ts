/** Getting the runtime's files, with progress, and making sure that they are whole. */

import { hasHash } from '../hash';
import type { RuntimeFile } from './runtime';

export type OnProgress = (received: number, total: number) => void;

/**
 * Fetches the named files at once; each is kept as soon as it is here and whole. Where one fails, with an
 * error that names the file, the others are given up.
 *
 * @param afresh past the browser's own cache, in which a damaged file would stay.
 */
export function download(
  files: Record<string, RuntimeFile>,
  names: string[],
  afresh: boolean,
  onProgress: OnProgress,
): Map<string, Promise<ArrayBuffer>> {
  const total = names.reduce((sum, name) => sum + (files[name]?.bytes ?? 0), 0);
  const abort = new AbortController();
  let received = 0;
  const advance = (bytes: number): void => {
    received += bytes;
    if (!abort.signal.aborted) onProgress(Math.min(received, total), total);
  };
  return new Map(
    names.map((name) => {
      const file = fetchFile(name, files[name], advance, afresh, abort.signal);
      file.catch(() => {
        abort.abort();
      });
      return [name, file];
    }),
  );
}

/** Fetches, or rejects with an error that names the address. */
export async function fetchWhole(
  url: string,
  afresh: boolean,
  signal: AbortSignal | null = null,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal, cache: afresh ? 'reload' : 'default' });
  } catch {
    throw new Error(`${url} could not be loaded. Is the connection there?`);
  }
  if (!response.ok) throw new Error(`${url} could not be loaded (status ${response.status}).`);
  return response;
}

/** Fetches a file; a damaged one once more, past the browser's own cache, in which it would stay. */
async function fetchFile(
  name: string,
  asset: RuntimeFile | undefined,
  advance: (bytes: number) => void,
  afresh: boolean,
  signal: AbortSignal,
): Promise<ArrayBuffer> {
  if (asset === undefined) throw new Error(`${name} is not among the page's files.`);
  try {
    return await fetchRight(name, asset, advance, afresh, signal);
  } catch (error) {
    if (afresh || !(error instanceof Damaged)) throw error;
    return fetchRight(name, asset, () => undefined, true, signal);
  }
}

class Damaged extends Error {
  constructor(name: string, how: string) {
    super(`${name} is damaged: ${how}.`);
  }
}

async function fetchRight(
  name: string,
  asset: RuntimeFile,
  advance: (bytes: number) => void,
  afresh: boolean,
  signal: AbortSignal,
): Promise<ArrayBuffer> {
  const response = await fetchWhole(asset.url, afresh, signal);
  const whole = new Uint8Array(asset.bytes);
  let length = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const part = await reader?.read().catch(() => {
      throw new Error(`${name} broke off after ${length} of ${asset.bytes} bytes.`);
    });
    if (part === undefined || part.done) break;
    if (length + part.value.length > whole.length) {
      throw new Damaged(name, `it has more than ${asset.bytes} bytes`);
    }
    whole.set(part.value, length);
    length += part.value.length;
    advance(part.value.length);
  }
  if (length !== asset.bytes) {
    throw new Damaged(name, `it has ${length} instead of ${asset.bytes} bytes`);
  }
  if (!(await isRight(whole.buffer, asset.sha256))) {
    throw new Damaged(name, 'its content is not what it should be');
  }
  return whole.buffer;
}

/** An engine that gets something else than it expects can hang, or fail with words that help nobody. */
async function isRight(buffer: ArrayBuffer, sha256: string): Promise<boolean> {
  // Only a page from a safe origin can compute one; elsewhere the sizes have to do.
  if (!isSecureContext) return true;
  return hasHash(buffer, sha256);
}
