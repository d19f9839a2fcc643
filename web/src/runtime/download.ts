/** Getting the runtime's files, with progress, and making sure that they are whole. */

import type { Files } from '../protocol';
import type { RuntimeAssets } from './runtime';

/** What every WebAssembly file begins with; an engine that gets something else can hang. */
const WASM_MAGIC = [0x00, 0x61, 0x73, 0x6d];

export interface Downloaded {
  frame: string;
  files: Files;
}

/** Fetches everything at once. Rejects with an error that names the file; nothing goes on after that. */
export async function download(
  assets: RuntimeAssets,
  onProgress: (received: number, total: number) => void,
): Promise<Downloaded> {
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
      fetchWhole(assets.frame, abort.signal).then((response) => response.text()),
      ...names.map((name) => fetchFile(name, assets.files[name], advance, abort.signal)),
    ]);
    const files = names.map((name, index) => [name, buffers[index] ?? new ArrayBuffer(0)] as const);
    return { frame, files: Object.fromEntries(files) };
  } finally {
    abort.abort();
  }
}

async function fetchWhole(url: string, signal: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch {
    throw new Error(`${url} could not be loaded. Is the connection there?`);
  }
  if (!response.ok) throw new Error(`${url} could not be loaded (status ${response.status}).`);
  return response;
}

async function fetchFile(
  name: string,
  asset: { url: string; bytes: number } | undefined,
  advance: (bytes: number) => void,
  signal: AbortSignal,
): Promise<ArrayBuffer> {
  if (asset === undefined) throw new Error(`${name} is not among the page's files.`);
  const response = await fetchWhole(asset.url, signal);
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
  if (name.endsWith('.wasm') && WASM_MAGIC.some((byte, index) => whole[index] !== byte)) {
    throw new Error(`${name} is damaged: it is no WebAssembly.`);
  }
  return whole.buffer;
}
