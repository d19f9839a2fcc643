/**
 * The text in a cell's editor: whose it is, what is kept of it, and what it replaced.
 *
 * A text of another origin has an undo history of its own: nobody's code comes back into another's.
 */

import type { EditorState } from '@codemirror/state';
import { changeCode, type Editor, replaceCode } from '../editor/editor';
import { Drafts } from './drafts';
import { freshId, type Reason, type Version } from './versions';

export interface ScriptHandlers {
  /** The text, or what is kept of it, has changed. */
  onChange(): void;
  /** Another tab has changed the same text, while this one has changes of its own; `use` takes the other's. */
  onTheirs(use: () => void): void;
  /** From now on the text is one of another origin, which must find nothing that ran before. */
  onElsewhere(): void;
}

/** A text that was closed, as it was. */
interface Closed {
  state: EditorState;
  opened: string;
}

export class Script {
  readonly #editor: Editor;
  readonly #handlers: ScriptHandlers;
  #key = '';
  #original = '';
  #drafts: Drafts;
  /** The file that the text came from; empty for the reader's own. */
  #opened = '';
  /** Whether this tab's reader has changed the text. */
  #isEdited = false;
  /** The texts that were closed, by their keys. */
  readonly #closed = new Map<string, Closed>();

  /** In an editor, what is kept under `key`, or `original` where nothing is. */
  constructor(editor: Editor, key: string, original: string, handlers: ScriptHandlers) {
    this.#editor = editor;
    this.#handlers = handlers;
    this.#drafts = this.#begin(key, original);
  }

  get code(): string {
    return this.#editor.view.state.doc.toString();
  }

  get original(): string {
    return this.#original;
  }

  get isChanged(): boolean {
    return this.code !== this.#original;
  }

  /** Whether the text could be stored in this browser. */
  get isStored(): boolean {
    return this.#drafts.isStored;
  }

  /** Whether the original has changed since the reader changed it. */
  get isOutdated(): boolean {
    return this.#drafts.read()?.outdated ?? false;
  }

  /** What the text has replaced, the newest first. */
  get versions(): Version[] {
    const { code } = this;
    return this.#drafts.versions.all.filter((each) => each.code !== code);
  }

  /** Shows another text, as its reader has left it. */
  open(key: string, original: string): void {
    this.#closed.set(this.#key, { state: this.#editor.view.state, opened: this.#opened });
    this.#drafts.close();
    this.#drafts = this.#begin(key, original);
    this.#handlers.onElsewhere();
    this.#handlers.onChange();
  }

  /** The reader has changed the text. */
  edited(): void {
    this.#isEdited = true;
    this.save();
    this.#handlers.onChange();
  }

  /** Keeps the text as it is here, whatever another tab has made of it. */
  save(): void {
    this.#drafts.write(this.code, this.#opened);
  }

  /** Puts other code in the place of the text, which can be brought back, also after a reload. */
  replace(code: string, why: Exclude<Reason, 'open' | 'back'>): void {
    if (code === this.code) return;
    this.#keep(why);
    replaceCode(this.#editor.view, code);
  }

  /** Puts the code of a file in the place of the text, likewise. */
  openFile(code: string): void {
    this.#keep('open');
    this.#begins(code, freshId());
  }

  /** Puts an earlier version in the place of the text, which becomes a version itself. */
  bringBack(version: Version): void {
    this.#keep('back');
    this.#drafts.versions.forget(version.id);
    this.#become(version.code, version.opened);
  }

  #begin(key: string, original: string): Drafts {
    const drafts = new Drafts(
      key,
      original,
      () => {
        this.#receive();
      },
      () => {
        this.#handlers.onChange();
      },
    );
    const draft = drafts.read();
    const code = draft?.code ?? original;
    const closed = this.#closed.get(key);
    this.#key = key;
    this.#original = original;
    this.#opened = draft?.opened ?? '';
    this.#isEdited = false;
    const isSame = closed?.opened === this.#opened && closed.state.doc.toString() === code;
    this.#editor.show(isSame ? closed.state : this.#editor.fresh(code));
    return drafts;
  }

  /** Takes a text of this origin or of another one. */
  #become(code: string, opened: string): void {
    if (opened === this.#opened) replaceCode(this.#editor.view, code);
    else this.#begins(code, opened);
  }

  /** From here on the text is another one, with nothing to be undone. */
  #begins(code: string, opened: string): void {
    this.#opened = opened;
    this.#editor.show(this.#editor.fresh(code));
    this.#handlers.onElsewhere();
    this.edited();
  }

  #keep(why: Reason): void {
    this.#drafts.keep({ code: this.code, why, opened: this.#opened });
  }

  /** Another tab has changed the text. */
  #receive(): void {
    const draft = this.#drafts.read();
    const theirs = draft?.code ?? this.#original;
    const opened = draft?.opened ?? '';
    if (theirs === this.code) {
      this.#drafts.follow();
    } else if (this.#isEdited) {
      // Whichever tab writes next, this version can be brought back.
      this.#drafts.setApart(this.code, this.#opened);
      this.#handlers.onTheirs(() => {
        this.#keep('change');
        this.#become(theirs, opened);
      });
    } else {
      this.#drafts.follow();
      if (opened === this.#opened) {
        changeCode(this.#editor.view, theirs);
      } else {
        this.#opened = opened;
        this.#editor.show(this.#editor.fresh(theirs));
        this.#handlers.onElsewhere();
      }
      this.#handlers.onChange();
    }
  }
}
