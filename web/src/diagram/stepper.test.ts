// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { Stepper } from './stepper';

const STEPS = 12;

let bar: HTMLElement;
let told: (string | null)[];
let stepper: Stepper;

beforeEach(() => {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  for (let step = 1; step <= STEPS; step++) {
    const caption = document.createElementNS('http://www.w3.org/2000/svg', 'text');
    caption.dataset.from = String(step);
    caption.dataset.caption = `Caption ${step}.`;
    svg.append(caption);
  }
  bar = document.createElement('div');
  told = [];
  stepper = new Stepper(svg, bar, STEPS, (caption) => told.push(caption));
});

describe('a stepper', () => {
  it('says each step, to the ear and beside it, and nothing of the complete picture', () => {
    stepper.goTo(3);
    expect(bar.querySelector('[aria-live]')?.textContent).toBe('Caption 3.');
    stepper.goTo(0);
    stepper.goTo(STEPS);
    expect(told).toEqual([null, 'Caption 3.', 'Before the first step.', null]);
  });

  it('counts as wide at every step, so that the slider stands still', () => {
    const widths = new Set<number | undefined>();
    for (let step = 0; step <= STEPS; step++) {
      stepper.goTo(step);
      widths.add(bar.querySelector('.step-count')?.textContent.length);
    }
    expect(widths.size).toBe(1);
  });
});
