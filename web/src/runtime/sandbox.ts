/** The sandbox from the page's side: a frame of an opaque origin, and a port to the worker in it. */

import { type Command, type Files, type OpenWorker, SCRIPTS, type WorkerEvent } from '../protocol';
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
  readonly #scripts = new Map<string, ArrayBuffer>();
  #isLoaded = false;

  /**
   * @param frame the frame's document.
   * @param names of the files that will be given.
   */
  constructor(
    frame: string,
    private readonly names: string[],
    private readonly packages: string[],
    handlers: SandboxHandlers,
  ) {
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
        this.#isLoaded = true;
        this.#open();
      },
      { once: true },
    );
    this.#frame.setAttribute('sandbox', 'allow-scripts');
    this.#frame.title = 'Python';
    this.#frame.hidden = true;
    this.#frame.srcdoc = frame;
    document.body.append(this.#frame);
  }

  /** Hands over one of the files that Python starts from; the worker is made when its script is here. */
  give(name: string, file: ArrayBuffer): void {
    // What is handed over is gone here; with a copy, the next start needs no download.
    const content = file.slice(0);
    if (SCRIPTS.includes(name)) {
      this.#scripts.set(name, content);
      this.#open();
    } else {
      const command: Command = { type: 'file', name, content };
      this.#channel.port1.postMessage(command, [content]);
    }
  }

  #open(): void {
    const scripts = SCRIPTS.flatMap((name) => this.#scripts.get(name) ?? []);
    if (!this.#isLoaded || scripts.length < SCRIPTS.length) return;
    const port = this.#channel.port2;
    const { names, packages } = this;
    const message: OpenWorker = { type: 'open', port, scripts, names, packages };
    // An opaque origin can only be addressed as "*".
    this.#frame.contentWindow?.postMessage(message, '*', [port, ...scripts]);
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

  /** Hands over what a start from a snapshot needs only later. */
  bring(files: Files): void {
    const copies = Object.fromEntries(
      Object.entries(files).map(([name, file]) => [name, file.slice(0)]),
    );
    const command: Command = { type: 'files', files: copies };
    this.#channel.port1.postMessage(command, Object.values(copies));
  }

  /** Ends the worker at once, whatever it is doing. */
  close(): void {
    removeEventListener('message', this.#onFrameMessage);
    this.#channel.port1.onmessage = null;
    this.#channel.port1.close();
    this.#frame.remove();
  }
}
