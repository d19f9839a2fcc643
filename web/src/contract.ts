/** The names that the page shares with the library, which has the same ones in `backprop/host/contract.py`. */

/** The numbers of a diagram: see `diagram/table.ts`. */
export const TABLE = 'application/vnd.backprop.table+json';
/** What has changed in a diagram that is shown: see `diagram/patch.ts`. */
export const PATCH = 'application/vnd.backprop.patch+json';

/** What the elements of a diagram carry; docs/diagrams.md says what each stands for. */
export const DATA = {
  steps: 'data-steps',
  from: 'data-from',
  until: 'data-until',
  caption: 'data-caption',
  phase: 'data-phase',
  time: 'data-time',
  wide: 'data-wide',
  narrow: 'data-narrow',
  node: 'data-node',
  facts: 'data-facts',
  previous: 'data-previous',
  next: 'data-next',
  cell: 'data-cell',
  line: 'data-line',
  endLine: 'data-end-line',
  column: 'data-column',
  endColumn: 'data-end-column',
  graph: 'data-graph',
  open: 'data-open',
  group: 'data-group',
  state: 'data-state',
  in: 'data-in',
  live: 'data-live',
  key: 'data-key',
} as const;
