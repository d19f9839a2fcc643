/**
 * The network of the first screen: what it says, who is to blame, and one step of learning, as the library
 * computes them (`playground/builder/first_step.py`). It has inputs, hidden neurons with ReLU, and one output.
 */

export interface Layer {
  /** For each neuron, a number per input. */
  weight: number[][];
  bias: number[];
}

export interface Network {
  hidden: Layer;
  output: Layer;
}

export interface Pass {
  /** What the hidden neurons add up, before the ReLU. */
  sums: number[];
  hidden: number[];
  answer: number;
  /** The square of the mistake. */
  loss: number;
  /** The gradient of the loss for each number. */
  blame: Network;
}

/** The four steps up to blame, for one example. */
export function pass({ hidden, output }: Network, inputs: number[], target: number): Pass {
  const sums = add(hidden, inputs);
  const said = sums.map((sum) => Math.max(sum, 0));
  const [answer = 0] = add(output, said);
  const mistake = answer - target;
  const ofAnswer = 2 * mistake;
  const ofSums = sums.map((sum, row) => (sum > 0 ? ofAnswer * (output.weight[0]?.[row] ?? 0) : 0));
  return {
    sums,
    hidden: said,
    answer,
    loss: mistake ** 2,
    blame: {
      hidden: {
        weight: ofSums.map((blame) => inputs.map((input) => blame * input)),
        bias: ofSums,
      },
      output: { weight: [said.map((value) => ofAnswer * value)], bias: [ofAnswer] },
    },
  };
}

/** What a layer's neurons add up: weights times inputs, and the bias. */
function add({ weight, bias }: Layer, inputs: number[]): number[] {
  return weight.map((row, neuron) =>
    row.reduce((sum, each, place) => sum + each * (inputs[place] ?? 0), bias[neuron] ?? 0),
  );
}

/** The network after a step against its blame, as SGD takes it: each number moves by `rate` times its blame. */
export function stepped(network: Network, blame: Network, rate: number): Network {
  const layer = (of: Layer, its: Layer): Layer => ({
    weight: of.weight.map((row, n) =>
      row.map((each, m) => each - rate * (its.weight[n]?.[m] ?? 0)),
    ),
    bias: of.bias.map((each, n) => each - rate * (its.bias[n] ?? 0)),
  });
  return {
    hidden: layer(network.hidden, blame.hidden),
    output: layer(network.output, blame.output),
  };
}

/** One of the numbers by its name: `hidden.weight.1.0`, `output.bias.0`. */
export function numberAt(network: Network, part: string): number {
  const [layer, kind, first, second] = part.split('.');
  const of = layer === 'hidden' ? network.hidden : network.output;
  const found =
    kind === 'bias' ? of.bias[Number(first)] : of.weight[Number(first)]?.[Number(second)];
  return found ?? NaN;
}
