/** `start(assets)`: the Python runtime of a page, started in the background. */

import type { Command, ControlValue, RunEvent, WorkerEvent } from '../protocol';
import { type Ask, Questions, Unanswered } from './questions';
import type {
  RunHandlers,
  RunRequest,
  RunResult,
  Runtime,
  RuntimeAssets,
  RuntimeState,
} from './runtime';
import { Sandbox } from './sandbox';
import { Supply } from './supply';

/** How long a run may take to obey Stop before its worker is ended. */
const STOP_PATIENCE = 700;
/** How long one step of the start may take before the engine counts as hung. */
const START_PATIENCE = 90_000;
/** How long a worker may take to notice a run; it may be answering a question, or at a task of an earlier run. */
const BEGIN_PATIENCE = 10_000;

interface Job {
  id: number;
  command: Command;
  cell: string;
  handlers: RunHandlers;
  /** It has ended, however it did. */
  resolve(result: RunResult): void;
}

export function start(assets: RuntimeAssets): Runtime {
  return new PyodideRuntime(assets);
}

class PyodideRuntime implements Runtime {
  readonly #assets: RuntimeAssets;
  readonly #listeners = new Set<(state: RuntimeState) => void>();
  #state: RuntimeState = { kind: 'loading', step: 'download', received: 0, total: 0 };
  #supply: Supply;
  /** How often Python was started: what comes of an earlier start is of no use. */
  #loads = 0;
  /** The connection broke off after the start; the next run tries again. */
  #isRestMissing = false;
  #sandbox: Sandbox | null = null;
  /** Whether code has run in it, which may have changed whatever is in there. */
  #isUsed = false;
  #current: Job | null = null;
  #queue: Job[] = [];
  readonly #questions = new Questions(
    (command) => this.#sandbox?.send(command),
    () => this.#current !== null,
  );
  #nextId = 1;
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  /** Runs out where a worker is dead, which not every browser tells of. */
  #beginning: ReturnType<typeof setTimeout> | undefined;

  constructor(assets: RuntimeAssets) {
    this.#assets = assets;
    this.#supply = new Supply(assets, false);
    void this.#load();
  }

  get state(): RuntimeState {
    return this.#state;
  }

  get #isDownloading(): boolean {
    return this.#state.kind === 'loading' && this.#state.step === 'download';
  }

  subscribe(listener: (state: RuntimeState) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#state);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  run(request: RunRequest, handlers: RunHandlers): Promise<RunResult> {
    return new Promise((resolve) => {
      const id = this.#nextId++;
      const { cell, source, answers = [], controls = {}, scratch = false } = request;
      const command: Command = { type: 'run', run: id, cell, source, answers, controls, scratch };
      this.#queue.push({ id, command, cell, handlers, resolve });
      this.#pump();
    });
  }

  readonly ask: Ask = (question) => {
    if (this.#state.kind === 'ready') return this.#questions.ask(question);
    return Promise.reject(new Unanswered('unready', 'Python has not started.'));
  };

  stop(cell: string): void {
    this.#queue = this.#queue.filter((job) => {
      if (job.cell === cell) job.resolve({ status: 'stopped', restarted: false });
      return job.cell !== cell;
    });
    if (this.#current?.cell === cell) this.#stopCurrent();
  }

  #stopCurrent(): void {
    const job = this.#current;
    if (job === null) return;
    this.#questions.end('Python was stopped.');
    if (this.#state.kind !== 'ready' || !this.#state.stackSwitching) {
      this.#replaceWorker();
      return;
    }
    this.#sandbox?.send({ type: 'stop', run: job.id });
    setTimeout(() => {
      if (this.#current === job) this.#replaceWorker();
    }, STOP_PATIENCE);
  }

  answer(text: string | null): void {
    if (this.#current === null) return;
    this.#sandbox?.send({ type: 'answer', run: this.#current.id, text });
  }

  moveControl(label: string, value: ControlValue): void {
    if (this.#current === null) return;
    this.#sandbox?.send({ type: 'control', run: this.#current.id, label, value });
  }

  restart(): void {
    this.#dropQueue(true);
    if (this.#isDownloading || this.#state.kind === 'failed') return;
    this.#replaceWorker();
  }

  renew(): void {
    if (this.#isUsed) this.restart();
    else this.#dropQueue(false);
  }

  retry(): void {
    if (this.#state.kind !== 'failed') return;
    // Whatever failed, the copy in the browser's cache may be what is damaged.
    this.#supply = new Supply(this.#assets, true);
    void this.#load();
  }

  /** Starts Python, from the files that are here and those that are yet to come. */
  async #load(): Promise<void> {
    const supply = this.#supply;
    this.#endSandbox();
    this.#isUsed = false;
    this.#setState({ kind: 'loading', step: 'download', received: 0, total: 0 });
    const load = ++this.#loads;
    let files = new Map<string, Promise<ArrayBuffer>>();
    try {
      // First, since a browser asks for a few files at a time only.
      const opening = supply.frame;
      files = supply.forStart((received, total) => {
        if (load === this.#loads)
          this.#setState({ kind: 'loading', step: 'download', received, total });
      });
      // Whatever fails, this tells of the first: the others are given up because of it.
      const whole = Promise.all([opening, ...files.values()]);
      whole.catch(() => undefined);
      const frame = await opening;
      if (load !== this.#loads) return;
      const sandbox = this.#openSandbox(frame, [...files.keys()]);
      for (const [name, file] of files) {
        file.then(
          (content) => {
            sandbox.give(name, content);
          },
          () => undefined,
        );
      }
      await whole;
      if (load !== this.#loads) return;
      if (this.#isDownloading) this.#advance('engine');
    } catch (error) {
      // What was given up with it would be taken for something that is still on its way.
      await Promise.allSettled(files.values());
      if (load === this.#loads) this.#fail(messageOf(error));
    }
  }

  /** Python has started: what it could do without until now follows. */
  async #bringTheRest(): Promise<void> {
    const sandbox = this.#sandbox;
    this.#isRestMissing = false;
    try {
      sandbox?.bring(await this.#supply.forLater());
    } catch (error) {
      if (sandbox !== this.#sandbox) return;
      this.#isRestMissing = true;
      sandbox?.send({ type: 'missing', message: messageOf(error) });
    }
  }

  #openSandbox(frame: string, names: string[]): Sandbox {
    const sandbox: Sandbox = new Sandbox(frame, names, this.#assets.packages, {
      onEvent: (event) => {
        if (this.#sandbox === sandbox) this.#receive(event);
      },
      onLost: (message) => {
        if (this.#sandbox === sandbox) this.#lose(message);
      },
    });
    this.#sandbox = sandbox;
    return sandbox;
  }

  #endSandbox(): void {
    clearTimeout(this.#beginning);
    this.#sandbox?.close();
    this.#sandbox = null;
    this.#questions.end('Python was ended.');
  }

  #advance(step: 'engine' | 'packages' | 'session'): void {
    this.#setState({ kind: 'loading', step, received: 0, total: 0 });
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => {
      this.#fail(`Python did not start within ${START_PATIENCE / 1000} seconds (step: ${step}).`);
    }, START_PATIENCE);
  }

  #receive(event: WorkerEvent): void {
    switch (event.type) {
      case 'step':
        if (this.#state.kind === 'loading' && !this.#isDownloading) this.#advance(event.step);
        break;
      case 'ready':
        if (this.#state.kind !== 'loading') break;
        clearTimeout(this.#watchdog);
        this.#setState({
          kind: 'ready',
          stackSwitching: event.stackSwitching,
          python: event.python,
        });
        console.debug(`Python was started by way of: ${this.#supply.way}.`);
        this.#pump();
        void this.#bringTheRest();
        break;
      case 'failed':
        this.#lose(event.message);
        break;
      case 'done':
        if (event.run === this.#current?.id)
          this.#finish({ status: event.status, restarted: false });
        break;
      case 'answered':
        this.#questions.receive(event);
        break;
      case 'begun':
        if (event.run === this.#current?.id) clearTimeout(this.#beginning);
        break;
      case 'stdout':
      case 'stderr':
      case 'display':
      case 'keep':
      case 'input':
      case 'control':
      case 'error':
        this.#deliver(event);
        break;
    }
  }

  #deliver(event: Exclude<RunEvent, { type: 'done' }>): void {
    if (event.run === this.#current?.id) this.#current.handlers.onEvent(event);
  }

  #pump(): void {
    if (this.#state.kind !== 'ready' || this.#current !== null) return;
    const job = this.#queue.shift();
    if (job === undefined) return;
    this.#current = job;
    this.#isUsed = true;
    job.handlers.onStart?.();
    this.#sandbox?.send(job.command);
    if (this.#isRestMissing) void this.#bringTheRest();
    this.#beginning = setTimeout(() => {
      this.#lose('it no longer answered. Run again when Python is ready.');
    }, BEGIN_PATIENCE);
  }

  #finish(result: RunResult): void {
    const job = this.#current;
    this.#current = null;
    clearTimeout(this.#beginning);
    job?.resolve(result);
    this.#pump();
  }

  #dropQueue(restarted: boolean): void {
    for (const job of this.#queue.splice(0)) job.resolve({ status: 'stopped', restarted });
  }

  /** A run that does not obey, or a restart: a new worker, from the files that are here already. */
  #replaceWorker(): void {
    void this.#load();
    this.#finish({ status: 'stopped', restarted: true });
  }

  /** The worker is gone: while starting that is a failure, during a run it costs the variables. */
  #lose(message: string): void {
    if (this.#state.kind === 'ready') {
      if (this.#current !== null) {
        this.#deliver({
          type: 'stderr',
          run: this.#current.id,
          text: `\nPython itself ended: ${message}\n`,
        });
      }
      const job = this.#current;
      this.#current = null;
      void this.#load();
      job?.resolve({ status: 'error', restarted: true });
    } else {
      this.#fail(message);
    }
  }

  #fail(message: string): void {
    clearTimeout(this.#watchdog);
    this.#endSandbox();
    this.#loads++;
    if (this.#supply.fallBack()) {
      console.debug(`Python starts step by step, since the snapshot did not serve: ${message}`);
      void this.#load();
    } else {
      this.#setState({ kind: 'failed', message });
    }
  }

  #setState(state: RuntimeState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
