/** The worker's side of the protocol. */

import type {
  Command,
  ControlValues,
  Files,
  RunEvent,
  RunId,
  RunStatus,
  StartWorker,
  WorkerEvent,
} from '../protocol';
import { Arrival } from './arrival';
import { bootstrap, type PythonSession } from './bootstrap';
import { unpackLate } from './files';
import { Incoming } from './incoming';
import { Pause } from './pause';

const pause = new Pause();
const incoming = new Incoming();
/** What a start from a snapshot can do without at first; nothing where the start was a plain one. */
let arrival: Arrival | null = null;
let port: MessagePort;
let session: PythonSession | null = null;
let current: RunId | null = null;
/** What the reader has moved, and Python has not asked for yet. */
let moved: ControlValues = {};
/** What the page has asked, and Python has not taken yet. */
const questions: Extract<Command, { type: 'ask' }>[] = [];

function send(event: WorkerEvent): void {
  port.postMessage(event);
}

/** What Python tells of the current run: JSON, so that no proxy outlives the call. */
function emit(json: string): void {
  if (current === null) return;
  send({ ...(JSON.parse(json) as RunEvent), run: current });
}

async function run(command: Extract<Command, { type: 'run' }>): Promise<void> {
  if (session === null || current !== null) return;
  current = command.run;
  send({ type: 'begun', run: current });
  moved = {};
  pause.start();
  let status: RunStatus;
  try {
    const { source, cell, answers, controls, scratch } = command;
    arrival?.begin();
    if (arrival?.holds(source, session.stackSwitching)) {
      await Promise.race([arrival.wait(), pause.ended()]);
    }
    // Stop was pressed before the code has begun.
    if (pause.stopping()) status = 'stopped';
    else status = (await session.run(source, cell, answers, controls, scratch)) as RunStatus;
  } catch (error) {
    // Python's own exceptions never come here: the interpreter itself has failed.
    send({ type: 'failed', message: describe(error) });
    return;
  } finally {
    pause.end();
    current = null;
  }
  send({ type: 'done', run: command.run, status });
  // What came at the last moment.
  answer();
  arrival?.settle();
}

/** Lets Python answer what was asked: the program itself where it waits, and otherwise at once. */
function answer(): void {
  if (questions.length === 0 || pause.wake()) return;
  try {
    session?.answer();
  } catch (error) {
    reportStray(error);
  }
}

async function bring(files: Files): Promise<void> {
  try {
    arrival?.bring(await unpackLate(files));
    if (current === null) arrival?.settle();
  } catch (error) {
    arrival?.miss(describe(error));
  }
}

function receive(command: Command): void {
  switch (command.type) {
    case 'run':
      void run(command);
      break;
    case 'ask':
      questions.push(command);
      answer();
      break;
    case 'file':
      incoming.bring(command.name, command.content);
      break;
    case 'files':
      void bring(command.files);
      break;
    case 'missing':
      arrival?.miss(command.message);
      break;
    case 'stop':
      if (command.run === current) pause.stop();
      break;
    case 'answer':
      if (command.run === current) pause.answer(command.text);
      break;
    case 'control':
      if (command.run === current) moved[command.label] = command.value;
      break;
  }
}

async function start(message: StartWorker): Promise<void> {
  port = message.port;
  port.onmessage = (event: MessageEvent<Command>) => {
    receive(event.data);
  };
  const worker = {
    emit,
    tick: () => pause.begin(pause.tick()),
    sleep: (milliseconds: number) => pause.begin(pause.sleep(milliseconds)),
    ask: (prompt: string) => {
      if (current !== null) send({ type: 'input', run: current, prompt });
      return pause.begin(pause.ask());
    },
    until: (wait: number) => pause.until(wait),
    questions: () => {
      const question = questions.shift();
      return question === undefined ? '' : JSON.stringify(question);
    },
    answered: (json: string) => {
      send({ type: 'answered', ...(JSON.parse(json) as { id: number; data: string }) });
    },
    ended: () => pause.ended(),
    stopping: () => pause.stopping(),
    arrival: () => pause.begin(arrival?.wait() ?? Promise.resolve(null)),
    changes: () => {
      const changes = JSON.stringify(moved);
      moved = {};
      return changes;
    },
  };
  try {
    session = await bootstrap(message, incoming, worker, pause, (step) => {
      send({ type: 'step', step });
    });
    const { isIncomplete, takeIn } = session;
    if (isIncomplete) arrival = new Arrival(takeIn);
    send({ type: 'ready', stackSwitching: session.stackSwitching, python: session.python });
  } catch (error) {
    send({ type: 'failed', message: describe(error) });
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/**
 * What failed outside of a run, in a callback or a task. It is no reason to give the session up; without
 * this the frame would take the worker for lost. A Stop also surfaces here once as KeyboardInterrupt,
 * from Pyodide's event loop, and the run itself has told of that.
 */
function reportStray(error: unknown): void {
  const message = describe(error);
  if (current === null || /KeyboardInterrupt\s*$/.test(message)) return;
  send({ type: 'stderr', run: current, text: `${message.trimEnd()}\n` });
}
addEventListener('error', (event) => {
  // While starting, the frame has to hear of it.
  if (session === null) return;
  event.preventDefault();
  reportStray(event.error ?? event.message);
});
addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  reportStray(event.reason);
});
addEventListener(
  'message',
  (event: MessageEvent<StartWorker>) => {
    void start(event.data);
  },
  { once: true },
);
