import { describe, expect, it } from 'vitest';
import { type Point, waysBetween } from './walk';

/** Every part that the keys lead to from the first. */
function reachable(points: Point[]): number {
  const ways = waysBetween(points);
  const seen = new Set([0]);
  for (const here of seen) for (const next of Object.values(ways[here] ?? {})) seen.add(next);
  return seen.size;
}

/** Points that are the same in every run, and of which many are close to each other. */
function scattered(count: number): Point[] {
  let state = 1;
  const next = (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  return Array.from({ length: count }, () => [100 * next() ** 3, 100 * next() ** 3]);
}

describe('a walk by the arrow keys', () => {
  it('leads to the neighbours in a grid', () => {
    const grid: Point[] = Array.from({ length: 9 }, (_, i) => [
      10 * (i % 3),
      10 * Math.floor(i / 3),
    ]);
    const ways = waysBetween(grid);
    expect(ways[4]).toEqual({ right: 5, left: 3, down: 7, up: 1 });
    expect(ways[2]).toEqual({ left: 1, down: 5 });
  });

  it('reaches points in the same place, and what lies behind them', () => {
    const points: Point[] = [
      [0, 0],
      [50, 0],
      [50, 0],
      [50.3, 0.2],
      [100, 0],
    ];
    expect(reachable(points)).toBe(5);
    const ways = waysBetween(points);
    expect(ways[1]?.right).toBe(3);
    expect(ways[3]).toMatchObject({ right: 2, left: 1 });
    expect(ways[2]).toMatchObject({ right: 4, left: 3 });
  });

  it.each([1, 2, 13, 102, 400])('reaches each of %i scattered points', (count) => {
    expect(reachable(scattered(count))).toBe(count);
  });

  it('leads nowhere where there is nothing', () => {
    expect(waysBetween([])).toEqual([]);
  });
});
