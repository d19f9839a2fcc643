/** The loop of the first screen: forward, loss, backward and update, each cause before its effect. */

import { numberAt, pass as passOf, stepped, type Network, type Pass } from './network';
import { find, type Picture } from './picture';
import { say } from './words';

export type Phase = 'forward' | 'loss' | 'backward' | 'update';

/** Something that happens, for some milliseconds. */
export interface Beat {
  phase: Phase;
  words: string;
  time: number;
  /** Draws it, as far as it has come; at 1 its effect stands there. */
  draw(share: number): void;
}

export interface Scene {
  network: Network;
  inputs: number[];
  target: number;
  rate: number;
}

/** All beats of one loop; the first begins with an empty picture, and nothing is learned yet after the last. */
export function beats(picture: Picture, scene: Scene): Beat[] {
  const { network, inputs, target, rate } = scene;
  const pass = passOf(network, inputs, target);
  const after = passOf(stepped(network, pass.blame, rate), inputs, target);
  return [
    ...forward(picture, scene, pass),
    ...loss(picture, target, pass),
    ...backward(picture, pass),
    {
      phase: 'update',
      words: `Each number moves a little against its blame. Then it says ${say(after.answer)}.`,
      time: 2_200,
      draw: (share) => {
        picture.clearPulses();
        picture.colour('change');
        for (const part of picture.parts) {
          picture.showChange(part, -rate * numberAt(pass.blame, part.dataset.part ?? ''));
        }
        picture.showGhost(pass.answer + (after.answer - pass.answer) * ease(share));
      },
    },
  ];
}

function forward(picture: Picture, { network, inputs }: Scene, pass: Pass): Beat[] {
  const rows = pass.sums.map((_, row) => row);
  const { hidden, output } = network;
  const arrive = (column: number, input: number): Beat => {
    const before = rows.map((row) => terms(hidden.weight[row], inputs, column));
    return {
      phase: 'forward',
      words: `Input ${column + 1} says ${say(input)}, times each weight.`,
      time: 1_100,
      draw: (share) => {
        if (column === 0 && share < 1) empty(picture);
        picture.showPulses(
          rows.map((row) => `hidden.weight.${row}.${column}`),
          ease(share),
          'value',
        );
        if (share < 1) return;
        for (const row of rows) picture.showValue(`hidden.bias.${row}`, before[row] ?? 0);
      },
    };
  };
  const deliver = (row: number): Beat => ({
    phase: 'forward',
    words: `Hidden ${row + 1} says ${say(pass.hidden[row] ?? 0)}, times its weight.`,
    time: 700,
    draw: (share) => {
      picture.showPulses([`output.weight.0.${row}`], ease(share), 'value');
      if (share === 1) {
        picture.showValue('output.bias.0', terms(output.weight[0], pass.hidden, row));
      }
    },
  });
  return [
    ...inputs.map((input, column) => arrive(column, input)),
    {
      phase: 'forward',
      words: 'Each adds its bias. What is below 0 becomes 0.',
      time: 1_100,
      draw: (share) => {
        picture.clearPulses();
        for (const row of rows) {
          const said = share < 0.5 ? pass.sums[row] : pass.hidden[row];
          picture.showValue(`hidden.bias.${row}`, said ?? 0);
        }
      },
    },
    ...rows.map(deliver),
    {
      phase: 'forward',
      words: `The answer adds its bias. It says ${say(pass.answer)}.`,
      time: 900,
      draw: (share) => {
        picture.showValue('output.bias.0', pass.answer);
        picture.showPulses(['answer'], ease(share), 'value');
        if (share === 1) picture.showAnswer(pass.answer);
      },
    },
  ];
}

/** The sum of the terms that have arrived. */
function terms(weights: number[] | undefined, values: number[], last: number): number {
  return values
    .slice(0, last + 1)
    .reduce((sum, value, place) => sum + value * (weights?.[place] ?? 0), 0);
}

function loss(picture: Picture, target: number, pass: Pass): Beat[] {
  return [
    {
      phase: 'loss',
      words: `It is ${say(Math.abs(pass.answer - target))} away. The loss is the square of that: ${say(pass.loss)}.`,
      time: 1_300,
      draw: (share) => {
        picture.clearPulses();
        picture.showGap(pass.answer, target, ease(share));
        if (share === 1) picture.showLoss(pass.loss);
      },
    },
  ];
}

function backward(picture: Picture, pass: Pass): Beat[] {
  const names = (parts: SVGGElement[]): string[] => parts.map((part) => part.dataset.part ?? '');
  const spread = (from: string, to: SVGGElement[]): ((share: number) => void) => {
    const weights = picture.partsOf(from);
    // Where there is no blame, nothing is on its way.
    const blamed = names(weights).filter((name) => numberAt(pass.blame, name) !== 0);
    return (share) => {
      picture.showPulses(blamed, 1 - ease(share), 'blame');
      for (const part of weights) picture.showBlame(part, pass, ease(share));
      if (share === 1) for (const part of to) picture.showBlame(part, pass, 1);
    };
  };
  const [ofAnswer = 0] = pass.blame.output.bias;
  return [
    {
      phase: 'backward',
      words: `The answer gets the first blame: 2 × ${say(ofAnswer / 2)} = ${say(ofAnswer)}.`,
      time: 1_000,
      draw: (share) => {
        picture.showPulses(['answer'], 1 - ease(share), 'blame');
        if (share === 1) {
          for (const part of picture.partsOf('output.bias')) picture.showBlame(part, pass, 1);
        }
      },
    },
    {
      phase: 'backward',
      words: 'It goes back through each weight: blame of the neuron, times what came in.',
      time: 1_700,
      draw: spread('output.weight', picture.partsOf('hidden.bias')),
    },
    {
      phase: 'backward',
      words: 'And on, to the first weights. Nothing gets through a neuron that says 0.',
      time: 1_700,
      draw: spread('hidden.weight', []),
    },
  ];
}

/** Before anything is known: the inputs, the weights and the target. */
function empty(picture: Picture): void {
  picture.colour('blame');
  picture.showAnswer(null);
  picture.showGhost(null);
  picture.showGap(0, 0, 1);
  picture.showLoss(null);
  for (const part of picture.parts) {
    find(part, '.opening-band').setAttribute('stroke-width', '0');
    const said = part.querySelector('.opening-said');
    if (said !== null) said.textContent = '';
  }
  for (const part of picture.partsOf('hidden.bias'))
    picture.showValue(part.dataset.part ?? '', null);
  picture.showValue('output.bias.0', null);
}

function ease(share: number): number {
  return share * share * (3 - 2 * share);
}
