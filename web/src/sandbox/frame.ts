/**
 * The script of the sandbox's frame: an opaque origin without network, whose only work is to make the
 * worker. Page and worker then talk through a port of their own; removing the frame ends the worker.
 */

import type { OpenWorker, StartWorker, WorkerLost } from '../protocol';

/** In this order in one script: Pyodide's engine, its loader, and our own. */
const SCRIPTS = ['pyodide.asm.js', 'pyodide.js', 'worker.js'];

function report(message: string): void {
  const lost: WorkerLost = { type: 'lost', message };
  // The page's origin is unknown here, and there is nothing secret in the message.
  parent.postMessage(lost, '*');
}

function open({ port, files, packages }: OpenWorker): void {
  const parts = SCRIPTS.flatMap((name) => [files[name] ?? new ArrayBuffer(0), '\n;\n']);
  const address = URL.createObjectURL(new Blob(parts, { type: 'text/javascript' }));
  const worker = new Worker(address);
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    report(event.message || 'The worker could not be started.');
  });
  const rest = Object.fromEntries(
    Object.entries(files).filter(([name]) => !SCRIPTS.includes(name)),
  );
  const start: StartWorker = { type: 'start', port, files: rest, packages };
  worker.postMessage(start, [port, ...Object.values(rest)]);
}

addEventListener(
  'message',
  (event: MessageEvent<OpenWorker>) => {
    if (event.source === parent) open(event.data);
  },
  { once: true },
);
