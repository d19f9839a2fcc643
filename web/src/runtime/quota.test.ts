import { describe, expect, it } from 'vitest';
import { Quota } from './quota';

const small = { type: 'stdout', run: 1, text: 'x' } as const;

describe('the quota of a sandbox', () => {
  it('takes a lively stream for ever', () => {
    let now = 0;
    const quota = new Quota(() => now);
    let refused = 0;
    for (let second = 0; second < 60; second++) {
      now += 1000;
      for (let n = 0; n < 2000; n++) refused += quota.admit(small) ? 0 : 1;
    }
    expect(refused).toBe(0);
  });

  it('ends a flood of messages, understood or not', () => {
    for (const message of [small, null]) {
      const quota = new Quota(() => 0);
      let admitted = 0;
      while (quota.admit(message)) admitted += 1;
      expect(admitted).toBe(5000);
    }
  });

  it('ends a flood of characters', () => {
    const quota = new Quota(() => 0);
    const bundle = { 'text/plain': 'x'.repeat(1_000_000), 'text/html': 'y'.repeat(3_000_000) };
    const large = { type: 'display', run: 1, bundle } as const;
    let admitted = 0;
    while (quota.admit(large)) admitted += 1;
    expect(admitted).toBe(9);
  });

  it('recovers with time', () => {
    let now = 0;
    const quota = new Quota(() => now);
    while (quota.admit(null)) void 0;
    expect(quota.admit(null)).toBe(false);
    now += 1000;
    expect(quota.admit(null)).toBe(true);
  });
});
