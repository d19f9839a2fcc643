// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Control, ControlValue } from '../protocol';
import { Controls } from './controls';

const RATE: Control = {
  kind: 'slider',
  label: 'rate',
  value: 0.1,
  first: 0.1,
  minimum: 0,
  maximum: 1,
  step: 0.1,
};
const LAYER: Control = {
  kind: 'choice',
  label: 'layer',
  value: 'ReLU',
  first: 'ReLU',
  options: ['ReLU', 'Tanh'],
};

let element: HTMLElement;
/** What waits for the screen's next frame. */
let frames: (() => void)[];
let moves: [string, ControlValue][];
let controls: Controls;

afterEach(() => {
  vi.unstubAllGlobals();
});
beforeEach(() => {
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
  element = document.createElement('div');
  moves = [];
  controls = new Controls(element, (label, value) => moves.push([label, value]));
});

function slider(): HTMLInputElement {
  const found = element.querySelector<HTMLInputElement>('input[type=range]');
  if (found === null) throw new Error('There is no slider.');
  return found;
}

function drag(value: string): void {
  slider().value = value;
  slider().dispatchEvent(new Event('input'));
}

describe('controls', () => {
  it('are what the program asks for', () => {
    controls.ask(RATE);
    controls.ask(LAYER);
    expect(element.textContent).toContain('rate');
    expect(controls.values).toEqual({ rate: 0.1, layer: 'ReLU' });
  });

  it('tell of a move until the program has noticed it', () => {
    controls.begin();
    controls.ask(RATE);
    drag('0.5');
    expect(moves).toEqual([['rate', 0.5]]);
    expect(controls.movedSince).toBe(true);
    controls.ask({ ...RATE, value: 0.1 });
    expect(controls.movedSince).toBe(true);
    controls.ask({ ...RATE, value: 0.5 });
    expect(controls.movedSince).toBe(false);
  });

  it('stay where the reader has put them while older news arrives', () => {
    controls.ask(RATE);
    drag('0.7');
    controls.ask({ ...RATE, value: 0.4 });
    expect(slider().value).toBe('0.7');
    expect(controls.values).toEqual({ rate: 0.7 });
  });

  it('that the next run does not ask for are gone after it', () => {
    controls.ask(RATE);
    controls.ask(LAYER);
    controls.begin();
    controls.ask(LAYER);
    expect(element.querySelectorAll('label')).toHaveLength(2);
    controls.keepAsked();
    expect(element.querySelectorAll('label')).toHaveLength(1);
    expect(controls.values).toEqual({ layer: 'ReLU' });
  });

  it('begin anew where the program has another beginning', () => {
    controls.ask(RATE);
    drag('0.7');
    controls.ask({ ...RATE, value: 0.2, first: 0.2 });
    expect(controls.values).toEqual({ rate: 0.2 });
  });

  it('can be put back', () => {
    controls.ask(RATE);
    drag('0.7');
    controls.reset();
    expect(slider().value).toBe('0.1');
  });

  it('that the builder has written are taken over', () => {
    const built = document.createElement('div');
    built.dataset.controls = JSON.stringify([RATE]);
    built.innerHTML = '<label>rate <input type="range" disabled></label>';
    expect(new Controls(built, () => undefined).values).toEqual({ rate: 0.1 });
    expect(built.querySelectorAll('input:enabled')).toHaveLength(1);
  });
});

it('controls that are asked for again and again are shown once a frame', async () => {
  const value = (): string => slider().nextElementSibling?.textContent ?? '';
  controls.ask(RATE);
  for (let rate = 0; rate < 10; rate++)
    controls.ask({ ...RATE, first: rate / 10, value: rate / 10 });
  expect(value()).toBe('0.1');
  for (const frame of frames.splice(0)) frame();
  await vi.waitFor(() => {
    expect(value()).toBe('0.9');
  });
});
