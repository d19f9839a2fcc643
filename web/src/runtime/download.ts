/** Getting the runtime's files, with progress, and making sure that they are whole. */

import { hasHash } from '../hash';
import type { Files } from '../protocol';
import type { RuntimeAssets, RuntimeFile } from './runtime';

export interface Downloaded {
  frame: string;
  files: Files;
}

/**
 * Fetches everything at once. Rejects with an error that names the file; nothing goes on after that.
 *
 * @param afresh past the browser's own cache, in which a damaged file would stay.
 */
export async function download(
  assets: RuntimeAssets,
  afresh: boolean,
  onProgress: (received: number, total: number) => void,
): Promise<Downloaded> {
  const cache: RequestCache = afresh ? 'reload' : 'default';
  const names = Object.keys(assets.files);
  const total = names.reduce((sum, name) => sum + (assets.files[name]?.bytes ?? 0), 0);
  const abort = new AbortController();
  let received = 0;
  const advance = (bytes: number): void => {
    received += bytes;
    if (!abort.signal.aborted) onProgress(Math.min(received, total), total);
  };
  try {
    const [frame, ...buffers] = await Promise.all([
      fetchWhole(assets.frame, { signal: abort.signal, cache }).then((response) => response.text()),
      ...names.map((name) =>
        fetchFile(name, assets.files[name], advance, { signal: abort.signal, cache }),
      ),
    ]);
    const files = names.map((name, index) => [name, buffers[index] ?? new ArrayBuffer(0)] as const);
    return { frame, files: Object.fromEntries(files) };
  } finally {
    abort.abort();
  }
}

async function fetchWhole(url: string, options: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, options);
  } catch {
    throw new Error(`${url} could not be loaded. Is the connection there?`);
  }
  if (!response.ok) throw new Error(`${url} could not be loaded (status ${response.status}).`);
  return response;
}

async function fetchFile(
  name: string,
  asset: RuntimeFile | undefined,
  advance: (bytes: number) => void,
  options: RequestInit,
): Promise<ArrayBuffer> {
  if (asset === undefined) throw new Error(`${name} is not among the page's files.`);
  const response = await fetchWhole(asset.url, options);
  const whole = new Uint8Array(asset.bytes);
  let length = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const part = await reader?.read().catch(() => {
      throw new Error(`${name} broke off after ${length} of ${asset.bytes} bytes.`);
    });
    if (part === undefined || part.done) break;
    if (length + part.value.length > whole.length) {
      throw new Error(`${name} is damaged: it has more than ${asset.bytes} bytes.`);
    }
    whole.set(part.value, length);
    length += part.value.length;
    advance(part.value.length);
  }
  if (length !== asset.bytes) {
    throw new Error(`${name} is damaged: it has ${length} instead of ${asset.bytes} bytes.`);
  }
  if (!(await isRight(whole.buffer, asset.sha256))) {
    throw new Error(`${name} is damaged: its content is not what it should be.`);
  }
  return whole.buffer;
}

/** An engine that gets something else than it expects can hang, or fail with words that help nobody. */
async function isRight(buffer: ArrayBuffer, sha256: string): Promise<boolean> {
  // Only a page from a safe origin can compute one; elsewhere the sizes have to do.
  if (!isSecureContext) return true;
  return hasHash(buffer, sha256);
}
