/**
 * How long the tests try a property with random inputs: some hundred of them, or as many as `make fuzz-page`
 * asks for. What fails is told with its seed, and again in the shortest form that fails.
 */

import process from 'node:process';
import type { Parameters } from 'fast-check';

const { FUZZ_RUNS, FUZZ_SEED } = process.env;

/** The same inputs each time, unless `FUZZ_SEED` names others. */
export function fuzz<T>(runs = 200): Parameters<T> {
  return { numRuns: Number(FUZZ_RUNS ?? runs), seed: Number(FUZZ_SEED ?? 11) };
}

/** How long such a test may take, in milliseconds. */
export const PATIENCE = FUZZ_RUNS === undefined ? 20_000 : 3_600_000;
