/**
 * What the page asks of Python: a question by its name, and an answer that whoever asked has to check.
 *
 * Of one name, about one thing, a single question is on its way. A newer one waits for its answer, and takes
 * the place of one that waits already: of twenty movements of a slider the first and the last are asked.
 */

import type { Answered, Command } from '../protocol';
import { MAX_TEXT } from './validate';

/** How deep a question and an answer may be nested. */
export const MAX_NESTING = 64;
/** The longest question, in characters of its JSON. */
const MAX_QUESTION = 200_000;
/** More questions than this are not under way at once. */
const MAX_OPEN = 32;
/** After this long without a program that runs, an answer comes no more, in milliseconds. */
const PATIENCE = 30_000;

export interface Question<Answer> {
  /** As it is registered in `backprop.host.questions`. */
  name: string;
  /** What it is about, so that a newer question about the same can take its place. */
  about: string;
  /** What JSON can hold. */
  data: unknown;
  /** What an answer is taken for; undefined where it is none. It comes from the sandbox: take it as forged. */
  read: (answer: unknown) => Answer | undefined;
}

/** Asks Python; rejects with an `Unanswered`. */
export type Ask = <Answer>(question: Question<Answer>) => Promise<Answer>;

/** Why there is no answer: a newer question, no Python yet, its end, or an error in Python or the answer. */
export type Reason = 'superseded' | 'unready' | 'ended' | 'failed';

export class Unanswered extends Error {
  constructor(
    readonly reason: Reason,
    message: string,
  ) {
    super(message);
  }
}

interface Open {
  data: string;
  name: string;
  receive: (answer: unknown) => void;
  reject: (reason: Unanswered) => void;
}

interface Asked extends Open {
  key: string;
  timer: ReturnType<typeof setTimeout>;
}

export class Questions {
  readonly #send: (command: Command) => void;
  readonly #isBusy: () => boolean;
  readonly #asked = new Map<number, Asked>();
  readonly #waiting = new Map<string, Open>();
  #nextId = 1;

  /** @param isBusy whether a program runs, which may answer only when it has ended. */
  constructor(send: (command: Command) => void, isBusy: () => boolean) {
    this.#send = send;
    this.#isBusy = isBusy;
  }

  ask<Answer>({ name, about, data, read }: Question<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const text = JSON.stringify(data);
      const fits = text.length <= MAX_QUESTION && nesting(text) <= MAX_NESTING;
      if (!fits || this.#asked.size + this.#waiting.size >= MAX_OPEN) {
        reject(new Unanswered('failed', fits ? 'Too much is asked at once.' : 'It is too large.'));
        return;
      }
      const key = JSON.stringify([name, about]);
      const open: Open = {
        name,
        data: text,
        reject,
        receive: (answer) => {
          const found = read(answer);
          if (found === undefined) reject(new Unanswered('failed', 'The answer is none.'));
          else resolve(found);
        },
      };
      if (![...this.#asked.values()].some((each) => each.key === key)) {
        this.#put(key, open);
        return;
      }
      this.#waiting.get(key)?.reject(new Unanswered('superseded', 'A newer question came.'));
      this.#waiting.set(key, open);
    });
  }

  #put(key: string, open: Open): void {
    const id = this.#nextId++;
    this.#asked.set(id, { ...open, key, timer: this.#watch(id) });
    this.#send({ type: 'ask', id, name: open.name, data: open.data });
  }

  #watch(id: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      const asked = this.#asked.get(id);
      if (asked === undefined) return;
      if (this.#isBusy()) asked.timer = this.#watch(id);
      else this.#settle(id)?.reject(new Unanswered('failed', 'Python does not answer.'));
    }, PATIENCE);
  }

  /** An answer has come; one that nobody waits for is dropped. */
  receive(answered: Answered): void {
    const asked = this.#settle(answered.id);
    if (asked === undefined) return;
    if ('error' in answered) {
      asked.reject(new Unanswered('failed', answered.error));
      return;
    }
    try {
      asked.receive(parsed(answered.data));
    } catch (error) {
      asked.reject(new Unanswered('failed', String(error)));
    }
  }

  /** Takes a question out, and asks the one that has waited for it. */
  #settle(id: number): Asked | undefined {
    const asked = this.#asked.get(id);
    if (asked === undefined) return undefined;
    clearTimeout(asked.timer);
    this.#asked.delete(id);
    const next = this.#waiting.get(asked.key);
    this.#waiting.delete(asked.key);
    if (next !== undefined) this.#put(asked.key, next);
    return asked;
  }

  /** Nobody answers any more what was asked. */
  end(message: string): void {
    const open = [...this.#asked.values(), ...this.#waiting.values()];
    for (const { timer } of this.#asked.values()) clearTimeout(timer);
    this.#asked.clear();
    this.#waiting.clear();
    for (const { reject } of open) reject(new Unanswered('ended', message));
  }
}

function parsed(text: string): unknown {
  if (text.length > MAX_TEXT || nesting(text) > MAX_NESTING) throw new Error('It is too large.');
  return JSON.parse(text) as unknown;
}

/** How deep JSON is nested, found without reading it: one look at each character. */
function nesting(text: string): number {
  let [deepest, depth] = [0, 0];
  let isInText = false;
  for (let at = 0; at < text.length; at++) {
    const mark = text[at];
    if (mark === '"') isInText = !isInText;
    else if (isInText) at += mark === '\\' ? 1 : 0;
    else if (mark === '[' || mark === '{') deepest = Math.max(deepest, ++depth);
    else if (mark === ']' || mark === '}') depth--;
  }
  return deepest;
}
