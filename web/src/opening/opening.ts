/**
 * The first screen: a network, its answer beside a target that one can move, one loop that plays, and steps of
 * learning. It needs no Python, and nothing but its own element, so that it can stand anywhere.
 */

import { beats, type Beat, type Phase, type Scene } from './loop';
import { numberAt, pass as passOf, stepped } from './network';
import { find, Picture } from './picture';
import { describe, nameOf, say } from './words';

/** Milliseconds for one step of learning to be seen. */
const STEP = 600;
/** For how long each beat stands where nothing moves. */
const STILL = 1_600;
/** What is nearer than this is right, as far as the picture's digits say. */
const RIGHT = 0.005;

export class Opening {
  readonly #root: HTMLElement;
  readonly #picture: Picture;
  readonly #start: Scene;
  #scene: Scene;
  #steps = 0;
  /** Ends what moves at the moment. */
  #end: (() => void) | null = null;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#picture = new Picture(find(root, '.opening-picture') as SVGSVGElement);
    this.#start = JSON.parse(find(root, '.opening-data').textContent) as Scene;
    this.#scene = this.#start;
    this.#openButtons();
    this.#openTarget();
    this.#openParts();
    this.#playWhenSeen();
  }

  #openButtons(): void {
    const on = (selector: string, act: () => void): void => {
      const button = find(this.#root, selector) as HTMLButtonElement;
      button.disabled = false;
      button.addEventListener('click', act);
    };
    on('.opening-play', () => {
      if (this.#end === null) this.#play();
      else this.#rest();
    });
    on('.opening-learn', () => {
      this.#learn();
    });
    on('.opening-again', () => {
      this.#end?.();
      this.#scene = this.#start;
      this.#steps = 0;
      this.#rest(true);
    });
    this.#showAgain();
  }

  /** The target can be dragged, moved by keys, and typed. */
  #openTarget(): void {
    const number = find(this.#root, '.opening-number') as HTMLInputElement;
    number.disabled = false;
    number.addEventListener('change', () => {
      const value = number.value === '' ? NaN : number.valueAsNumber;
      this.#aim(Number.isFinite(value) ? value : this.#scene.target, true);
    });
    const handle = find(this.#root, '.opening-target') as SVGGElement;
    const { least, most } = this.#picture.range;
    handle.setAttribute('tabindex', '0');
    handle.setAttribute('role', 'slider');
    handle.setAttribute('aria-label', 'Target');
    handle.setAttribute('aria-orientation', 'vertical');
    handle.setAttribute('aria-valuemin', String(least));
    handle.setAttribute('aria-valuemax', String(most));
    handle.setAttribute('aria-valuenow', String(this.#scene.target));
    handle.addEventListener('pointerdown', (event) => {
      handle.setPointerCapture(event.pointerId);
      handle.focus({ preventScroll: true });
      event.preventDefault();
    });
    handle.addEventListener('pointermove', (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      this.#aim(this.#picture.valueAt(event.clientY), false);
    });
    handle.addEventListener('pointerup', () => {
      this.#aim(this.#scene.target, true);
    });
    handle.addEventListener('keydown', (event) => {
      const { target } = this.#scene;
      const moves: Partial<Record<string, number>> = {
        ArrowUp: target + 0.1,
        ArrowRight: target + 0.1,
        ArrowDown: target - 0.1,
        ArrowLeft: target - 0.1,
        PageUp: target + 1,
        PageDown: target - 1,
        Home: least,
        End: most,
      };
      const value = moves[event.key];
      if (value === undefined) return;
      event.preventDefault();
      this.#aim(value, true);
    });
  }

  /** Each of the numbers says what it is when it is pointed at, tapped, or reached by the arrow keys. */
  #openParts(): void {
    const { parts } = this.#picture;
    const read = (part: SVGGElement): void => {
      if (this.#end !== null) this.#rest();
      for (const each of parts) each.classList.toggle('is-read', each === part);
      this.#caption(this.#describe(part));
    };
    const leave = (): void => {
      for (const each of parts) each.classList.remove('is-read');
      this.#caption(null);
    };
    parts.forEach((part, place) => {
      part.setAttribute('role', 'img');
      part.setAttribute('tabindex', place === 0 ? '0' : '-1');
      part.addEventListener('pointerenter', () => {
        if (this.#end === null) read(part);
      });
      part.addEventListener('pointerleave', (event) => {
        if (event.pointerType === 'mouse' && this.#end === null) leave();
      });
      part.addEventListener('click', () => {
        read(part);
      });
      part.addEventListener('focus', () => {
        read(part);
      });
      part.addEventListener('blur', leave);
      part.addEventListener('keydown', (event) => {
        const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        const next = by === undefined ? undefined : parts.at((place + by) % parts.length);
        if (next === undefined) return;
        event.preventDefault();
        part.setAttribute('tabindex', '-1');
        next.setAttribute('tabindex', '0');
        next.focus();
      });
    });
    this.#nameParts();
  }

  #nameParts(): void {
    for (const part of this.#picture.parts) part.setAttribute('aria-label', this.#describe(part));
  }

  #describe(part: SVGGElement): string {
    const name = part.dataset.part ?? '';
    const { network, inputs, target } = this.#scene;
    return describe(
      name,
      numberAt(network, name),
      numberAt(passOf(network, inputs, target).blame, name),
    );
  }

  /** One loop by itself, for those whom nothing that moves disturbs, once it is there to be seen. */
  #playWhenSeen(): void {
    if (isStill()) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        observer.disconnect();
        if (this.#steps === 0 && this.#scene === this.#start) this.#play();
      },
      { threshold: 0.6 },
    );
    observer.observe(this.#picture.svg);
  }

  #play(): void {
    const all = beats(this.#picture, this.#scene);
    const still = isStill();
    const times = all.map((beat) => (still ? STILL : beat.time));
    let last = -1;
    this.#run(
      times.reduce((sum, each) => sum + each),
      (time) => {
        let begin = 0;
        for (const [place, beat] of all.entries()) {
          const until = begin + (times[place] ?? 0);
          if (place > last) {
            this.#showPhase(beat);
            last = place;
          }
          if (time < until) {
            beat.draw(still ? 1 : (time - begin) / (until - begin));
            return;
          }
          // A frame may have come too late for it: its effect is there all the same.
          beat.draw(1);
          begin = until;
        }
      },
      () => {
        this.#rest();
      },
    );
    find(this.#root, '.opening-play').textContent = 'Pause';
  }

  /** One step against the blame; the answer walks to where it leads. */
  #learn(): void {
    this.#end?.();
    const { network, inputs, target, rate } = this.#scene;
    const { blame } = passOf(network, inputs, target);
    this.#steps += 1;
    // Each number moves in a straight line, and the answer follows as it really would.
    const at = (share: number): void => {
      this.#scene = { ...this.#scene, network: stepped(network, blame, rate * share) };
      this.#draw();
    };
    const finish = (): void => {
      at(1);
      this.#rest(true);
    };
    if (isStill()) finish();
    else {
      this.#run(
        STEP,
        (time) => {
          at(time / STEP);
        },
        finish,
        () => {
          at(1);
        },
      );
    }
  }

  #aim(value: number, settled: boolean): void {
    const { least, most } = this.#picture.range;
    const target = Math.round(Math.min(Math.max(value, least), most) * 10) / 10;
    this.#end?.();
    this.#scene = { ...this.#scene, target };
    this.#rest(settled);
  }

  /** Calls `frame` with the milliseconds since now, up to `time`, and then `done`; or `interrupted`. */
  #run(
    time: number,
    frame: (time: number) => void,
    done: () => void,
    interrupted?: () => void,
  ): void {
    this.#end?.();
    let request = 0;
    let begin: number | null = null;
    const tick = (now: number): void => {
      begin ??= now;
      if (now - begin >= time) {
        this.#end = null;
        done();
        return;
      }
      frame(now - begin);
      request = requestAnimationFrame(tick);
    };
    this.#end = () => {
      cancelAnimationFrame(request);
      this.#end = null;
      interrupted?.();
    };
    request = requestAnimationFrame(tick);
  }

  /** Shows the picture in which the error has flowed back, and says what is new. */
  #rest(settled = false): void {
    this.#end?.();
    this.#draw();
    this.#showPhase(null);
    this.#nameParts();
    this.#showAgain();
    if (settled) find(this.#root, '[aria-live]').textContent = this.#words();
  }

  #draw(): void {
    const { network, inputs, target } = this.#scene;
    const pass = passOf(network, inputs, target);
    this.#picture.rest(pass, target);
    const words = find(this.#root, '.opening-words');
    const answer = document.createElement('strong');
    answer.textContent = say(pass.answer);
    const isRight = Math.abs(pass.answer - target) < RIGHT;
    const count = this.#picture.parts.length;
    const rest = isRight
      ? '. No number is to blame any longer.'
      : `. Which of its ${count} numbers are to blame?`;
    words.replaceChildren('It says ', answer, rest);
    const number = find(this.#root, '.opening-number') as HTMLInputElement;
    if (document.activeElement !== number || number.valueAsNumber !== target)
      number.value = String(target);
    find(this.#root, '.opening-target').setAttribute('aria-valuenow', String(target));
  }

  /** What there is to hear after a step. */
  #words(): string {
    const { network, inputs, target } = this.#scene;
    const { answer, loss, blame } = passOf(network, inputs, target);
    const names = this.#picture.parts.map((part) => part.dataset.part ?? '');
    const size = (name: string): number => Math.abs(numberAt(blame, name));
    const most = names.reduce((a, b) => (size(b) > size(a) ? b : a));
    const after =
      this.#steps === 0 ? '' : `After ${this.#steps} ${this.#steps === 1 ? 'step' : 'steps'}: `;
    return `${after}it should say ${say(target)}, it says ${say(answer)}, the loss is ${say(loss)}. Most to blame: ${nameOf(most)}.`;
  }

  #showPhase(beat: Beat | null): void {
    const now: Phase = beat?.phase ?? 'backward';
    for (const each of this.#root.querySelectorAll<HTMLElement>('.opening-phases li')) {
      each.classList.toggle('is-now', each.dataset.phase === now);
    }
    this.#caption(beat?.words ?? null);
    find(this.#root, '.opening-play').textContent = beat === null ? 'Play' : 'Pause';
  }

  #caption(words: string | null): void {
    const caption = find(this.#root, '.opening-caption');
    if (words !== null) {
      caption.textContent = words;
      return;
    }
    const colour = document.createElement('span');
    colour.className = 'blame';
    colour.textContent = 'orange';
    const steps =
      this.#steps === 0 ? '' : ` ${this.#steps === 1 ? '1 step' : `${this.#steps} steps`} learned.`;
    caption.replaceChildren(
      'The wider the ',
      colour,
      `, the more that number is to blame.${steps}`,
    );
  }

  #showAgain(): void {
    const button = find(this.#root, '.opening-again') as HTMLButtonElement;
    button.disabled = this.#scene === this.#start;
  }
}

/** Whether the reader wants nothing to move. */
function isStill(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
