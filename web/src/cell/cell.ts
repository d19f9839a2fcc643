/** `<py-cell>`: code that a reader can edit and run, and what it gave. */

import type { EditorView } from '@codemirror/view';
import { render } from 'lit';
import { createEditor, replaceCode } from '../editor/editor';
import { errorMark, pointMark, type CodePlace } from '../editor/place-mark';
import type { CellPlace } from '../diagram/explorer';
import type { OutputMoment } from '../output/diagrams';
import { Output } from '../output/output';
import type { ControlValue, ControlValues, ErrorEvent, RunEvent } from '../protocol';
import type { Ask } from '../runtime/questions';
import { download, share, shareNotice } from '../share/share';
import { Controls } from './controls';
import { Drafts } from './drafts';
import type { CellState } from './state';
import { answersBox, otherVersionNotice, toolbar } from './toolbar';

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
  /** The code that has to run for this cell's to work, its own last. */
  program(cell: PyCell): string;
}

const UNKEPT = 'Your changes cannot be kept in this browser. Share them, or download them.';

export class PyCell extends HTMLElement {
  #host: CellHost | null = null;
  #editor: EditorView | null = null;
  #drafts!: Drafts;
  #output!: Output;
  #controls!: Controls;
  #toolbar!: HTMLElement;
  readonly #notice = document.createElement('div');
  #original = '';
  /** Whether the notice says that changes cannot be kept. */
  #isUnkept = false;
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
    return this.#editor?.state.doc.toString() ?? this.#original;
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

  /** Turns the static code into an editor; called once by the notebook. */
  open(host: CellHost, draftKey?: string): void {
    this.#host = host;
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
    this.#original = (code?.textContent ?? '').replace(/\n$/, '');
    this.#shownCode = this.#original;
    this.#notice.className = 'py-notice';
    this.#notice.setAttribute('aria-live', 'polite');
    this.#toolbar.after(this.#notice);
    const controls =
      this.querySelector<HTMLElement>('.py-controls') ?? document.createElement('div');
    this.#controls = new Controls(controls, (label, value) => {
      host.moveControl(this, label, value);
    });
    this.useDrafts(draftKey ?? `${this.dataset.page ?? ''}/${this.id}`);
    const draft = this.#drafts.read();
    const editor = createEditor(draft?.code ?? this.#original, {
      onRun: () => {
        this.#host?.run(this);
      },
      onChange: () => {
        this.#changed();
      },
      onLine: (line) => {
        host.moveCursor(this, this.code === this.#shownCode ? line : null);
      },
    });
    this.#editor = editor.view;
    code?.replaceWith(editor.element);
    if (draft?.outdated === true) {
      this.#offer(
        'This example has changed since you edited it.',
        'Use the new one',
        this.#original,
      );
    }
    this.#renderToolbar();
  }

  /** From now on changes are kept under this name. */
  useDrafts(key: string, original = this.#original): void {
    this.#original = original;
    (this.#drafts as Drafts | undefined)?.close();
    this.#drafts = new Drafts(key, original);
    this.#drafts.watch((theirs) => {
      if (theirs === this.code) return;
      // Whichever tab writes next, this version can be brought back.
      this.#drafts.keep({ code: this.code, why: 'change' });
      this.#offer('Another tab has changed this code.', 'Use the other', theirs);
    });
  }

  /** The draft that is kept for this cell, if any. */
  get draft(): string | null {
    return this.#drafts.read()?.code ?? null;
  }

  /** Shows other code, which counts as unchanged. */
  show(code: string): void {
    if (this.state === 'running' || this.state === 'queued') this.#host?.stop(this);
    this.showing += 1;
    if (this.#editor !== null) replaceCode(this.#editor, code);
    this.#renderNotice('');
    this.#output.clear();
    this.#controls.clear();
    this.state = 'idle';
  }

  /** Puts other code in the place of the reader's, which can be brought back, also after a reload. */
  replace(code: string, why: string): void {
    if (this.#editor === null || code === this.code) return;
    if (this.code !== this.#original) this.#drafts.keep({ code: this.code, why });
    replaceCode(this.#editor, code);
    this.#renderToolbar();
  }

  begin(): void {
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
    this.#output.showLine(cell, line);
  }

  /** Lets the next run's diagram begin at a moment. */
  want(moment: OutputMoment | null): void {
    this.#output.want(moment);
  }

  #changed(): void {
    // Lines of changed code have made nothing that is shown.
    if (this.code !== this.#shownCode) this.#host?.moveCursor(this, null);
    const kept = this.#drafts.write(this.code);
    if (!kept || this.#isUnkept) {
      this.#isUnkept = !kept;
      this.#renderNotice(kept ? '' : UNKEPT);
    }
    this.#renderToolbar();
  }

  #undo(): void {
    const { kept } = this.#drafts;
    if (kept === null || this.#editor === null) return;
    this.#drafts.forgetKept();
    replaceCode(this.#editor, kept.code);
    this.#renderToolbar();
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
          render('', this.#notice);
        },
      ),
      this.#notice,
    );
  }

  #offer(words: string, other: string, code: string): void {
    const choose = (replace: boolean): void => {
      if (replace) this.replace(code, 'change');
      this.#drafts.write(this.code);
      this.#renderNotice('');
    };
    const onKeep = (): void => {
      choose(false);
    };
    const onReplace = (): void => {
      choose(true);
    };
    render(otherVersionNotice(words, other, onKeep, onReplace), this.#notice);
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
    render(text, this.#notice);
  }

  #renderToolbar(): void {
    if (this.#host === null) return;
    const host = this.#host;
    const { kept } = this.#drafts;
    render(
      toolbar({
        state: this.state,
        changed: this.code !== this.#original,
        waitsForCell: host.isReady,
        undo: kept === null || kept.code === this.code ? null : kept.why,
        onRun: () => {
          host.run(this);
        },
        onStop: () => {
          host.stop(this);
        },
        onReset: () => {
          this.replace(this.#original, 'reset');
          this.#controls.reset();
        },
        onUndo: () => {
          this.#undo();
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
