/** Opening the cells of a long page, which takes longer than a reader's click may wait. */

import { nextFrame, Slices } from '../slices';
import type { PyCell } from './cell';

/** Opens the cells with turns for the browser in between, those in sight first. */
export async function openOneByOne(cells: PyCell[]): Promise<void> {
  // The page itself is seen first.
  await nextFrame();
  const middle = innerHeight / 2;
  const distances = new Map(
    cells.map((cell) => [cell, Math.abs(cell.getBoundingClientRect().top - middle)]),
  );
  const slices = new Slices();
  for (const [cell] of [...distances].sort(([, one], [, other]) => one - other)) {
    await slices.pause();
    cell.open();
  }
}
