/** The cells of a page, which share one Python session, in any order. */

import type { CellHost, PyCell } from './cell/cell';
import type { CellPlace } from './diagram/explorer';
import type { ControlValue } from './protocol';
import type { Ask } from './runtime/questions';
import type { RunResult, Runtime } from './runtime/runtime';

const RESTARTED = {
  stopped: 'Python was started afresh to stop this: all variables are gone.',
  error: 'Python was started afresh: all variables are gone.',
  ok: '',
};
const KEPT = 'This is what was recorded until then.';

/** What came of checking an exercise. */
export type Verdict = { kind: 'right' } | { kind: 'wrong'; words: string } | { kind: 'unfinished' };

export class Notebook implements CellHost {
  readonly #cells: PyCell[];
  readonly #runtime: Runtime;
  /** The cells that have run in the present session. */
  readonly #ran = new Set<string>();
  readonly #onRunning: (title: string | null) => void;

  constructor(
    cells: Iterable<PyCell>,
    runtime: Runtime,
    onRunning: (title: string | null) => void,
  ) {
    this.#cells = [...cells];
    this.#runtime = runtime;
    this.#onRunning = onRunning;
    runtime.subscribe((state) => {
      // However Python came to start afresh, nothing has run in it.
      if (state.kind === 'loading') this.#ran.clear();
    });
  }

  run(cell: PyCell): void {
    void this.#runWithNeeds(cell);
  }

  /** Runs a cell, and then its check in a copy of the session's names. */
  async check(cell: PyCell, source: string): Promise<Verdict> {
    await this.#runWithNeeds(cell);
    if (cell.state !== 'done') return { kind: 'unfinished' };
    const problems: string[] = [];
    const { status } = await this.#runtime.run(
      { cell: `${cell.id}-check`, source, scratch: true },
      {
        onStart: () => {
          this.#onRunning(`Check of ${cell.heading}`);
        },
        onEvent: (event) => {
          if (event.type !== 'error') return;
          const said = event.message === '' ? 'The check found a difference.' : event.message;
          problems.push(event.name === 'AssertionError' ? said : `${event.name}: ${event.message}`);
        },
      },
    );
    this.#onRunning(null);
    if (status === 'ok') return { kind: 'right' };
    const [words] = problems;
    return words === undefined ? { kind: 'unfinished' } : { kind: 'wrong', words };
  }

  async runAll(): Promise<void> {
    for (const cell of this.#cells) {
      if ((await this.#runOne(cell)).status !== 'ok') break;
    }
  }

  stop(cell: PyCell): void {
    this.#runtime.stop(cell.id);
  }

  get isReady(): boolean {
    return this.#runtime.state.kind === 'ready';
  }

  get answersLater(): boolean {
    const { state } = this.#runtime;
    const isBusy = this.#cells.some((each) => each.state === 'running' || each.state === 'queued');
    return isBusy && state.kind === 'ready' && !state.stackSwitching;
  }

  readonly ask: Ask = (question) => this.#runtime.ask(question);

  answer(text: string | null): void {
    this.#runtime.answer(text);
  }

  point(place: CellPlace | null): string | null {
    let line: string | null = null;
    for (const each of this.#cells) {
      line = each.markPoint(place !== null && each.id === place.cell ? place : null) ?? line;
    }
    return line;
  }

  moveCursor(cell: PyCell, line: number | null): void {
    for (const each of this.#cells) each.showLine(cell.id, line);
  }

  moveControl(cell: PyCell, label: string, value: ControlValue): void {
    if (cell.state === 'running') this.#runtime.moveControl(label, value);
    else this.run(cell);
  }

  restart(): void {
    this.#runtime.restart();
  }

  renew(): void {
    this.#runtime.renew();
  }

  program(cell: PyCell): string {
    const needed = this.#needed(cell);
    if (needed.length === 0) return cell.code;
    return [...needed, cell].map((each) => each.code.trimEnd()).join('\n\n') + '\n';
  }

  /** The cells that have to run before `cell`, in their order on the page. */
  #needed(cell: PyCell): PyCell[] {
    const wanted = new Set<string>();
    const visit = (each: PyCell): void => {
      for (const id of each.needs) {
        const other = this.#cells.find((candidate) => candidate.id === id);
        if (other === undefined || wanted.has(id)) continue;
        wanted.add(id);
        visit(other);
      }
    };
    visit(cell);
    return this.#cells.filter((each) => wanted.has(each.id) && each !== cell);
  }

  async #runWithNeeds(cell: PyCell): Promise<void> {
    if (cell.state === 'running' || cell.state === 'queued') return;
    const first = this.#needed(cell).filter((each) => !this.#ran.has(each.id));
    if (first.length > 0) cell.state = 'queued';
    for (const each of first) {
      const { status } = await this.#runOne(each);
      if (status !== 'ok') {
        // What stood here was made by another session.
        cell.begin();
        cell.say(`This needs “${each.heading}”, which did not run to its end.`);
        await cell.end(status);
        return;
      }
    }
    await this.#runOne(cell);
    if (first.length > 0) {
      const titles = first.map((each) => `“${each.heading}”`).join(', ');
      cell.say(`Ran first, because this needs it: ${titles}.`);
    }
  }

  async #runOne(cell: PyCell): Promise<RunResult> {
    cell.state = 'queued';
    const { showing } = cell;
    const isShown = (): boolean => cell.showing === showing;
    const result = await this.#runtime.run(
      { cell: cell.id, source: cell.code, answers: cell.answers, controls: cell.controls },
      {
        onStart: () => {
          if (!isShown()) return;
          cell.begin();
          this.#onRunning(cell.heading);
        },
        onEvent: (event) => {
          if (!isShown()) return;
          cell.receive(event);
          if (event.type !== 'error') return;
          this.#cells.find((each) => each.id === event.cell)?.markError(event);
        },
      },
    );
    this.#onRunning(null);
    if (!isShown()) return result;
    if (result.restarted) {
      cell.say(RESTARTED[result.status]);
      if (cell.showKept()) cell.say(KEPT);
    }
    await cell.end(result.status === 'ok' ? 'done' : result.status);
    if (!isShown()) return result;
    if (!result.restarted && result.status === 'ok') {
      this.#ran.add(cell.id);
      // A control was moved after the program had asked for it.
      if (cell.controlsMoved) this.run(cell);
    }
    return result;
  }
}
