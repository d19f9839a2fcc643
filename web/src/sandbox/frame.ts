/**
 * The script of the sandbox's frame: an opaque origin without network, whose only work is to make the
 * worker. Page and worker then talk through a port of their own; removing the frame ends the worker.
 */

import type { OpenWorker, StartWorker, WorkerLost } from '../protocol';

function report(message: string): void {
  const lost: WorkerLost = { type: 'lost', message };
  // The page's origin is unknown here, and there is nothing secret in the message.
  parent.postMessage(lost, '*');
}

function open({ port, scripts, names, packages }: OpenWorker): void {
  const parts = scripts.flatMap((script) => [script, '\n;\n']);
  const address = URL.createObjectURL(new Blob(parts, { type: 'text/javascript' }));
  const worker = new Worker(address);
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    report(event.message || 'The worker could not be started.');
  });
  const start: StartWorker = { type: 'start', port, names, packages };
  worker.postMessage(start, [port]);
}

addEventListener(
  'message',
  (event: MessageEvent<OpenWorker>) => {
    if (event.source === parent) open(event.data);
  },
  { once: true },
);
