/** How many random inputs a property is tried with; `FUZZ_RUNS=100000 npm test` takes minutes. */

import process from 'node:process';
import type { Parameters } from 'fast-check';

/** The same inputs each time, unless `FUZZ_SEED` names others. */
export function fuzz<T>(runs = 200): Parameters<T> {
  const { FUZZ_RUNS, FUZZ_SEED } = process.env;
  return { numRuns: Number(FUZZ_RUNS ?? runs), seed: Number(FUZZ_SEED ?? 11) };
}
