/** The groups of a graph that can be opened and closed: `backprop/viz/graph/frames.py` draws them. */

import { DATA } from '../contract';
import { dataOf } from './attributes';

/** What of a large graph is open, as the SVG's root has it. */
export interface Groups {
  /** What Python knows the graph by. */
  graph: string;
  open: string[];
}

/** No more names than this are asked for, and none that is longer. */
const MOST = 50;
const LONGEST = 200;

export function isGroupName(text: unknown): text is string {
  return typeof text === 'string' && text.length <= LONGEST && /^\S+$/.test(text);
}

export function isGroupList(value: unknown): value is string[] {
  return Array.isArray(value) && value.length <= MOST && value.every(isGroupName);
}

/** The groups of a drawing, or null where there are none. */
export function groupsOf(svg: SVGSVGElement): Groups | null {
  const graph = dataOf(svg, 'graph');
  if (graph === undefined || !/^bp-[0-9a-f]{10}$/.test(graph)) return null;
  const names = (dataOf(svg, 'open') ?? '').split(' ').filter(isGroupName);
  return { graph, open: names.slice(-MOST) };
}

export function groupOf(part: Element | null): string | null {
  const name = dataOf(part, 'group');
  return isGroupName(name) ? name : null;
}

export function isOpen(part: Element): boolean {
  return dataOf(part, 'state') === 'open';
}

/** What is open after `group` was opened or closed; what is in a closed group is closed with it. */
export function toggled(svg: SVGSVGElement, { open }: Groups, group: string): string[] {
  if (!open.includes(group)) return [...open, group].slice(-MOST);
  const closed = new Set([group]);
  // Frames stand in their order: what is in one comes after it.
  for (const frame of svg.querySelectorAll(`[${DATA.state}="open"]`)) {
    const name = groupOf(frame);
    if (name !== null && closed.has(dataOf(frame, 'in') ?? '')) closed.add(name);
  }
  return open.filter((each) => !closed.has(each));
}
