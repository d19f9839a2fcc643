/** The first screen in words. */

/** A number as the picture shows it: two digits behind the point, and a real minus. */
export function say(value: number): string {
  if (value === 0) return '0';
  const text = value.toFixed(2).replace('-', '−');
  return text === '−0.00' ? '0.00' : text;
}

/** What a part is, such as "the weight from input 1 to hidden 2". */
export function nameOf(part: string): string {
  const [layer, kind, first, second] = part.split('.');
  const neuron = layer === 'hidden' ? `hidden ${Number(first) + 1}` : 'the answer';
  if (kind === 'bias') return `the bias of ${neuron}`;
  const from = `${layer === 'hidden' ? 'input' : 'hidden'} ${Number(second) + 1}`;
  return `the weight from ${from} to ${neuron}`;
}

/** What there is to say of a part and its blame. */
export function describe(part: string, value: number, blame: number): string {
  const name = nameOf(part);
  const start = `${name.charAt(0).toUpperCase()}${name.slice(1)} is ${say(value)}. `;
  if (blame === 0) return `${start}It has no blame: a little more or less of it changes nothing.`;
  const way = blame < 0 ? 'falls' : 'grows';
  return `${start}Its blame is ${say(blame)}: with a little more of it, the loss ${way}.`;
}
