/** The sliders, boxes and choices that a cell's program asked for. */

import { html, render, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Control, ControlValue, ControlValues } from '../protocol';
import { nextFrame } from '../slices';

/** Numbers as a reader writes them, without the last digits of binary fractions. */
function written(value: number): string {
  return String(Number(value.toPrecision(6)));
}

export class Controls {
  readonly #element: HTMLElement;
  readonly #onMove: (label: string, value: ControlValue) => void;
  readonly #shown = new Map<string, Control>();
  readonly #values = new Map<string, ControlValue>();
  /** What the present run has asked for. */
  readonly #asked = new Set<string>();
  /** What was moved and not noticed by the program since. */
  readonly #unnoticed = new Set<string>();
  /** Whether the frame of the last rendering is over, and whether something has come since. */
  #isFrameOver = true;
  #isOutdated = false;

  /** Takes over the controls that the builder wrote into `element`. */
  constructor(element: HTMLElement, onMove: (label: string, value: ControlValue) => void) {
    this.#element = element;
    this.#onMove = onMove;
    const built = JSON.parse(element.dataset.controls ?? '[]') as Control[];
    element.replaceChildren();
    for (const control of built) this.#show(control);
    this.#render();
  }

  /** What they are set to. */
  get values(): ControlValues {
    return Object.fromEntries(this.#values);
  }

  /** Whether one was moved after the program last asked for it. */
  get movedSince(): boolean {
    return this.#unnoticed.size > 0;
  }

  begin(): void {
    this.#asked.clear();
    this.#unnoticed.clear();
    this.#isFrameOver = true;
  }

  /** The program asks for a control, or has noticed its new value. */
  ask(control: Control): void {
    this.#asked.add(control.label);
    this.#show(control);
    if (this.#values.get(control.label) === control.value) this.#unnoticed.delete(control.label);
    this.#renderOften();
  }

  /** After a run to its end: what it has not asked for is there no more. */
  keepAsked(): void {
    for (const label of this.#shown.keys()) if (!this.#asked.has(label)) this.#remove(label);
    this.#render();
  }

  /** Back to what they begin with. */
  reset(): void {
    for (const [label, control] of this.#shown) this.#values.set(label, control.first);
    this.#render();
  }

  clear(): void {
    for (const label of [...this.#shown.keys()]) this.#remove(label);
    this.#render();
  }

  #show(control: Control): void {
    const before = this.#shown.get(control.label);
    this.#shown.set(control.label, control);
    // What the reader has set stays set, unless the program now asks for another kind of value.
    if (before?.kind !== control.kind || before.first !== control.first) {
      this.#values.set(control.label, control.value);
    }
  }

  #remove(label: string): void {
    this.#shown.delete(label);
    this.#values.delete(label);
    this.#unnoticed.delete(label);
  }

  #move(label: string, value: ControlValue): void {
    this.#values.set(label, value);
    this.#unnoticed.add(label);
    this.#render();
    this.#onMove(label, value);
  }

  /** Renders at once, and then once a frame: a loop asks more often than anybody sees. */
  #renderOften(): void {
    if (this.#isFrameOver) {
      this.#isFrameOver = false;
      this.#render();
      void nextFrame().then(() => {
        if (this.#isOutdated) this.#render();
        this.#isFrameOver = true;
      });
    } else this.#isOutdated = true;
  }

  #render(): void {
    this.#isOutdated = false;
    const controls = [...this.#shown.values()];
    render(
      repeat(
        controls,
        ({ label }) => label,
        (control) => this.#view(control),
      ),
      this.#element,
    );
  }

  #view(control: Control): TemplateResult {
    const { label } = control;
    const value = this.#values.get(label) ?? control.value;
    switch (control.kind) {
      case 'slider':
        return html`<label class="py-control"
          ><span>${label}</span
          ><input
            type="range"
            min=${control.minimum}
            max=${control.maximum}
            step=${control.step}
            .value=${live(String(value))}
            @input=${(event: Event) => {
              this.#move(label, (event.target as HTMLInputElement).valueAsNumber);
            }}
          /><span class="py-value" aria-hidden="true">${written(Number(value))}</span></label
        >`;
      case 'number':
        return html`<label class="py-control"
          ><span>${label}</span
          ><input
            type="number"
            min=${control.minimum ?? ''}
            max=${control.maximum ?? ''}
            step=${control.step ?? 'any'}
            .value=${String(value)}
            @change=${(event: Event) => {
              const field = event.target as HTMLInputElement;
              // The browser says what is wrong with a number that the program does not take.
              if (!field.reportValidity() || Number.isNaN(field.valueAsNumber)) return;
              this.#move(label, field.valueAsNumber);
            }}
        /></label>`;
      case 'choice':
        return html`<label class="py-control"
          ><span>${label}</span
          ><select
            @change=${(event: Event) => {
              this.#move(label, (event.target as HTMLSelectElement).value);
            }}
          >
            ${control.options.map(
              (option) =>
                html`<option .value=${option} ?selected=${option === value}>${option}</option>`,
            )}
          </select></label
        >`;
      case 'switch':
        return html`<label class="py-control"
          ><span>${label}</span
          ><input
            type="checkbox"
            .checked=${live(value === true)}
            @change=${(event: Event) => {
              this.#move(label, (event.target as HTMLInputElement).checked);
            }}
        /></label>`;
    }
  }
}
