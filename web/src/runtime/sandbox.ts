/** The sandbox from the page's side: a frame of an opaque origin, and a port to the worker in it. */

import type { Command, Files, OpenWorker, WorkerEvent } from '../protocol';
import type { Downloaded } from './download';
import { Budget } from './budget';
import { Quota } from './quota';
import { asWorkerEvent } from './validate';

export interface SandboxHandlers {
  onEvent(event: WorkerEvent): void;
  /** The worker could not be made, or died. */
  onLost(message: string): void;
}

export class Sandbox {
  readonly #frame = document.createElement('iframe');
  readonly #channel = new MessageChannel();
  readonly #quota = new Quota();
  readonly #budget = new Budget();
  readonly #handlers: SandboxHandlers;

  constructor(downloaded: Downloaded, packages: string[], handlers: SandboxHandlers) {
    this.#handlers = handlers;
    this.#channel.port1.onmessage = (event: MessageEvent<unknown>) => {
      const message = asWorkerEvent(event.data);
      if (!this.#quota.admit(message)) {
        handlers.onLost('it sent more than the page can take.');
      } else if (message !== null && this.#budget.admit(message)) {
        handlers.onEvent(message);
      }
    };
    // Where the engine tells of it, a worker that is gone is noticed at once; elsewhere at the next run.
    this.#channel.port1.addEventListener('close', () => {
      handlers.onLost('its worker was closed.');
    });
    addEventListener('message', this.#onFrameMessage);
    this.#frame.addEventListener(
      'load',
      () => {
        this.#open(downloaded.files, packages);
      },
      { once: true },
    );
    this.#frame.setAttribute('sandbox', 'allow-scripts');
    this.#frame.title = 'Python';
    this.#frame.hidden = true;
    this.#frame.srcdoc = downloaded.frame;
    document.body.append(this.#frame);
  }

  #open(files: Files, packages: string[]): void {
    // Copies are handed over, so that the next start needs no download.
    const copies = Object.fromEntries(
      Object.entries(files).map(([name, buffer]) => [name, buffer.slice(0)]),
    );
    const port = this.#channel.port2;
    const message: OpenWorker = { type: 'open', port, files: copies, packages };
    // An opaque origin can only be addressed as "*".
    this.#frame.contentWindow?.postMessage(message, '*', [port, ...Object.values(copies)]);
  }

  readonly #onFrameMessage = (event: MessageEvent<unknown>): void => {
    if (event.source !== this.#frame.contentWindow) return;
    const { data } = event;
    if (typeof data !== 'object' || data === null || !('type' in data) || data.type !== 'lost')
      return;
    const message = 'message' in data && typeof data.message === 'string' ? data.message : '';
    this.#handlers.onLost(message.slice(0, 1000));
  };

  send(command: Command): void {
    this.#channel.port1.postMessage(command);
  }

  /** Ends the worker at once, whatever it is doing. */
  close(): void {
    removeEventListener('message', this.#onFrameMessage);
    this.#channel.port1.onmessage = null;
    this.#channel.port1.close();
    this.#frame.remove();
  }
}
