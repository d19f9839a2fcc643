/** Where the arrow keys lead among parts that are drawn without connections, so that they reach every one. */

export type Point = readonly [x: number, y: number];

const DIRECTIONS = ['right', 'left', 'down', 'up'] as const;
export type Direction = (typeof DIRECTIONS)[number];

const OPPOSITE = { right: 'left', left: 'right', down: 'up', up: 'down' } as const;

/** For each part and direction the index of the part to go to. */
export type Ways = Partial<Record<Direction, number>>[];

/**
 * Each part leads to what is nearest in a direction. What lies so close to another that it is nearest to
 * nothing is put in on the way from its neighbour: first it, then what the neighbour led to.
 *
 * @param middles of all parts; the walk begins at the first.
 */
export function waysBetween(middles: readonly Point[]): Ways {
  const ways: Ways = middles.map((here) => {
    const found: Partial<Record<Direction, number>> = {};
    for (const direction of DIRECTIONS) {
      const next = nearest(here, middles, direction);
      if (next !== null) found[direction] = next;
    }
    return found;
  });
  const reached = new Set<number>();
  if (middles.length > 0) spread(0, ways, reached);
  for (const [place, middle] of middles.entries()) {
    if (reached.has(place)) continue;
    const from = closest(middle, middles, reached);
    const direction = directionTo(middles[from] ?? middle, middle);
    const [before, own] = [ways[from] ?? {}, ways[place] ?? {}];
    const after = before[direction];
    before[direction] = place;
    own[OPPOSITE[direction]] = from;
    if (after !== undefined) {
      own[direction] = after;
      const behind = ways[after] ?? {};
      if (behind[OPPOSITE[direction]] === from) behind[OPPOSITE[direction]] = place;
    }
    spread(place, ways, reached);
  }
  return ways;
}

/** Adds all parts to which the keys lead from one. */
function spread(start: number, ways: Ways, reached: Set<number>): void {
  const waiting = [start];
  for (let here = waiting.pop(); here !== undefined; here = waiting.pop()) {
    if (reached.has(here)) continue;
    reached.add(here);
    waiting.push(...Object.values(ways[here] ?? {}));
  }
}

/** What is closest in a direction; what is off to the side counts double. */
function nearest([x, y]: Point, middles: readonly Point[], direction: Direction): number | null {
  let best: number | null = null;
  let bestDistance = Infinity;
  for (const [place, [otherX, otherY]] of middles.entries()) {
    const [right, down] = [otherX - x, otherY - y];
    const isAcross = direction === 'right' || direction === 'left';
    const along = (isAcross ? right : down) * (direction === 'left' || direction === 'up' ? -1 : 1);
    const distance = along + 2 * Math.abs(isAcross ? down : right);
    if (along > 1 && distance < bestDistance) [best, bestDistance] = [place, distance];
  }
  return best;
}

/** Of the parts that are reached the closest one, whatever the direction. */
function closest([x, y]: Point, middles: readonly Point[], reached: ReadonlySet<number>): number {
  let [best, bestDistance] = [0, Infinity];
  for (const place of reached) {
    const [otherX, otherY] = middles[place] ?? [Infinity, Infinity];
    const distance = Math.hypot(otherX - x, otherY - y);
    if (distance < bestDistance) [best, bestDistance] = [place, distance];
  }
  return best;
}

function directionTo([x, y]: Point, [otherX, otherY]: Point): Direction {
  const [right, down] = [otherX - x, otherY - y];
  if (Math.abs(right) >= Math.abs(down)) return right < 0 ? 'left' : 'right';
  return down < 0 ? 'up' : 'down';
}
