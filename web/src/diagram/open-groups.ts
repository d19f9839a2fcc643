/** Asks Python for a graph that was shown, with other groups open: `backprop/viz/graph/draw.py` answers. */

import type { MimeBundle } from '../protocol';
import type { Ask } from '../runtime/questions';
import { asBundle } from '../runtime/validate';

/** The graph with these groups open; null where Python has it no more. */
export function openGroups(ask: Ask, graph: string, open: string[]): Promise<MimeBundle | null> {
  return ask({
    name: 'graph.open',
    about: graph,
    data: { graph, open },
    read: (answer) => (answer === null ? null : (asBundle(answer) ?? undefined)),
  });
}
