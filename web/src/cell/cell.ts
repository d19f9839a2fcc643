/** `<py-cell>`: code that a reader can edit and run, and what it gave. */

import type { EditorView } from '@codemirror/view';
import { nothing, render } from 'lit';
import { createEditor } from '../editor/editor';
import { errorMark, pointMark, type CodePlace } from '../editor/place-mark';
import type { CellPlace } from '../diagram/explorer';
import type { OutputMoment } from '../output/diagrams';
import { Output } from '../output/output';
import type { ControlValue, ControlValues, ErrorEvent, RunEvent } from '../protocol';
import type { Ask } from '../runtime/questions';
import { download, share, shareNotice } from '../share/share';
import { Controls } from './controls';
import { Script } from './script';
import type { CellState } from './state';
import { answersBox, otherVersionNotice, toolbar, unkeptNotice } from './toolbar';
import { wording } from '../wording';

/** What a cell asks of the notebook that it belongs to. */
export interface CellHost {
  run(cell: PyCell): void;
  stop(cell: PyCell): void;
  /** Whether Python has started. */
  readonly isReady: boolean;
  answer(text: string | null): void;
  /** The reader has moved a control of the cell. */
  moveControl(cell: PyCell, label: string, value: ControlValue): void;
  /** The reader points at what a piece of code has made; null for nothing any more. Returns its line. */
  point(place: CellPlace | null): string | null;
  readonly ask: Ask;
  /** Whether a program runs that can only answer when it has ended. */
  readonly answersLater: boolean;
  /** The reader's cursor is in another line of a cell's code; null for none. */
  moveCursor(cell: PyCell, line: number | null): void;
  /** Code of another origin is shown: it must find nothing that ran before. */
  renew(): void;
  /** The code that has to run for this cell's to work, its own last. */
  program(cell: PyCell): string;
}

export class PyCell extends HTMLElement {
  #host: CellHost | null = null;
  #draftKey: string | undefined;
  #isOpen = false;
  /** Whether the notice is of what was put right in a paste: of no use after the next change. */
  #tellsOfPaste = false;
  #editor: EditorView | null = null;
  #script: Script | null = null;
  #output!: Output;
  #controls!: Controls;
  #toolbar!: HTMLElement;
  /** What the reader has asked for is answered here. */
  readonly #notice = document.createElement('div');
  /** What stays until it is settled: another version, or no room for this one. */
  readonly #warning = document.createElement('div');
  /** Says that there is another version, where there is one. */
  #other: unknown = nothing;
  /** The code whose output is shown. */
  #shownCode = '';
  #answers = '';

  /** The titles of cells that have to run before this one. */
  get needs(): string[] {
    return (this.dataset.needs ?? '').split(' ').filter((id) => id !== '');
  }

  get heading(): string {
    return this.dataset.title ?? this.id;
  }

  get code(): string {
    this.open();
    return this.#script?.code ?? '';
  }

  get state(): CellState {
    return (this.dataset.state ?? 'idle') as CellState;
  }

  set state(state: CellState) {
    this.dataset.state = state;
    this.#renderToolbar();
  }

  /** Counts what is shown one after the other; a run belongs to one of them. */
  showing = 0;

  /** Prepared answers for `input()`, one a line. */
  get answers(): string[] {
    return this.#answers === '' ? [] : this.#answers.split('\n');
  }

  /** What the controls that the program asked for are set to. */
  get controls(): ControlValues {
    return this.#controls.values;
  }

  /** Whether a control was moved that the last run did not notice. */
  get controlsMoved(): boolean {
    return this.#controls.movedSince;
  }

  /** Makes it a cell of a notebook, which is opened later. */
  connect(host: CellHost, draftKey?: string): void {
    this.#host = host;
    this.#draftKey = draftKey;
  }

  /** Turns the static code into an editor, where it is not one yet: sooner or later, and before it is used. */
  open(): void {
    const host = this.#host;
    if (host === null || this.#isOpen) return;
    this.#isOpen = true;
    const code = this.querySelector<HTMLElement>('.py-code');
    this.#toolbar = this.querySelector<HTMLElement>('.py-toolbar') ?? document.createElement('div');
    this.#output = new Output(this.querySelector<HTMLElement>('.py-output') ?? this, {
      onPoint: (place) => host.point(place),
      ask: host.ask,
      answersLater: () => host.answersLater,
      rerun: () => {
        host.run(this);
      },
    });
    const original = (code?.textContent ?? '').replace(/\n$/, '');
    this.#shownCode = original;
    for (const each of [this.#warning, this.#notice]) {
      each.className = 'py-notice';
      each.setAttribute('aria-live', 'polite');
    }
    this.#toolbar.after(this.#warning, this.#notice);
    const controls =
      this.querySelector<HTMLElement>('.py-controls') ?? document.createElement('div');
    this.#controls = new Controls(controls, (label, value) => {
      host.moveControl(this, label, value);
    });
    const editor = createEditor({
      onRun: () => {
        this.#host?.run(this);
      },
      onChange: () => {
        this.#script?.edited();
        if (this.#tellsOfPaste) this.#renderNotice('');
        this.#tellsOfPaste = false;
      },
      onMended: (done) => {
        this.#renderNotice(
          `Put right in what you pasted: ${done.join(', ')}. Undo brings it back.`,
        );
        this.#tellsOfPaste = true;
      },
      onLine: (line) => {
        host.moveCursor(this, this.code === this.#shownCode ? line : null);
      },
    });
    this.#editor = editor.view;
    code?.replaceWith(editor.element);
    const key = this.#draftKey ?? `${this.dataset.page ?? ''}/${this.id}`;
    this.#script = new Script(editor, key, original, {
      onChange: () => {
        this.#changed();
      },
      onTheirs: (use) => {
        this.#offer('Another tab has changed this code.', 'Use the other', use);
      },
      onElsewhere: () => {
        this.#answers = '';
        host.renew();
      },
    });
    if (this.#script.isOutdated) {
      this.#offer('This example has changed since you edited it.', 'Use the new one', () => {
        this.#script?.replace(original, 'change');
      });
    }
    this.#renderWarning();
    this.#renderToolbar();
  }

  /** Shows another text: what is kept under `key`, or `original` where nothing is. */
  show(key: string, original: string): void {
    this.open();
    if (this.state === 'running' || this.state === 'queued') this.#host?.stop(this);
    this.showing += 1;
    this.#other = nothing;
    this.#script?.open(key, original);
    this.#renderNotice('');
    this.#output.clear();
    this.#controls.clear();
    this.state = 'idle';
  }

  /** Puts the code of a file in the place of the reader's, which can be brought back. */
  openFile(code: string): void {
    this.open();
    this.#script?.openFile(code);
  }

  /** Puts an exercise's solution in the place of the reader's code, which can be brought back. */
  showSolution(code: string): void {
    this.open();
    this.#script?.replace(code, 'solution');
  }

  begin(): void {
    this.open();
    this.#output.begin();
    this.#controls.begin();
    this.#shownCode = this.code;
    if (this.#editor !== null) errorMark.set(this.#editor, null);
    this.state = 'running';
  }

  receive(event: Exclude<RunEvent, { type: 'done' }>): void {
    switch (event.type) {
      case 'stdout':
      case 'stderr':
        this.#output.text(event.type, event.text, event.skipped);
        break;
      case 'display':
        this.#output.display(event.bundle);
        break;
      case 'keep':
        this.#output.keep(event.bundle);
        break;
      case 'input':
        this.#output.ask(event.prompt, (text) => this.#host?.answer(text));
        break;
      case 'control':
        this.#controls.ask(event.control);
        break;
      case 'error':
        this.#output.error(event);
        if (event.name === 'AnswersNeeded') this.#askForAnswers();
        break;
    }
  }

  /** The run has ended so; kept when all that it told is shown. */
  async end(state: CellState): Promise<void> {
    const { showing } = this;
    this.#output.closeQuestion();
    await this.#output.end();
    // Other code may have been opened meanwhile.
    if (this.showing !== showing) return;
    if (state === 'done') this.#controls.keepAsked();
    this.state = state;
  }

  /** Shows what the run had put by for the case that Python has to be ended; whether there was anything. */
  showKept(): boolean {
    return this.#output.showKept();
  }

  /** Words below the output. */
  say(text: string): void {
    this.#output.notice(text);
  }

  /** Marks the place of an error that this cell's code made, now or in another cell's run. */
  markError(event: ErrorEvent): void {
    if (this.#editor === null || event.line === null) return;
    errorMark.set(this.#editor, { ...event, line: event.line });
  }

  /** Marks the code that made what the reader points at, and returns its line; null takes the mark away. */
  markPoint(place: CodePlace | null): string | null {
    // Once the code has changed, the places of the last run are no longer true.
    if (this.#editor === null || (place !== null && this.code !== this.#shownCode)) return null;
    pointMark.set(this.#editor, place);
    return place === null ? null : (this.code.split('\n')[place.line - 1]?.trim() ?? null);
  }

  /** Points out, in this cell's diagrams, what a line of a cell's code has made. */
  showLine(cell: string, line: number | null): void {
    if (this.#isOpen) this.#output.showLine(cell, line);
  }

  /** Lets the next run's diagram begin at a moment. */
  want(moment: OutputMoment | null): void {
    this.open();
    this.#output.want(moment);
  }

  #changed(): void {
    // Lines of changed code have made nothing that is shown.
    if (this.code !== this.#shownCode) this.#host?.moveCursor(this, null);
    this.#renderWarning();
    this.#renderToolbar();
  }

  #renderWarning(): void {
    const unkept = unkeptNotice(() => {
      download(this.code, this.id);
    });
    render([this.#script?.isStored === false ? unkept : nothing, this.#other], this.#warning);
  }

  async #share(moment: OutputMoment | null): Promise<void> {
    const code = this.#host?.program(this) ?? this.code;
    const result = await share(code, moment);
    render(
      shareNotice(
        result,
        () => void this.#share(null),
        () => {
          download(code, this.id);
        },
        () => {
          this.#renderNotice('');
        },
      ),
      this.#notice,
    );
  }

  #offer(words: string, other: string, use: () => void): void {
    const settle = (): void => {
      this.#other = nothing;
      this.#script?.save();
      this.#changed();
    };
    const onReplace = (): void => {
      use();
      settle();
    };
    this.#other = otherVersionNotice(words, other, settle, onReplace);
    this.#renderWarning();
  }

  #askForAnswers(): void {
    render(
      answersBox(this.#answers, (text) => {
        this.#answers = text;
      }),
      this.#notice,
    );
  }

  #renderNotice(text: string): void {
    render(wording(text), this.#notice);
  }

  #renderToolbar(): void {
    if (this.#host === null) return;
    const host = this.#host;
    const script = this.#script;
    if (script === null) return;
    render(
      toolbar({
        state: this.state,
        changed: script.isChanged,
        waitsForCell: host.isReady,
        versions: script.versions,
        onRun: () => {
          host.run(this);
        },
        onStop: () => {
          host.stop(this);
        },
        onReset: () => {
          script.replace(script.original, 'reset');
          this.#controls.reset();
        },
        onBringBack: (version) => {
          script.bringBack(version);
        },
        onShare: () => {
          void this.#share(this.#output.moment);
        },
      }),
      this.#toolbar,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'py-cell': PyCell;
  }
}
