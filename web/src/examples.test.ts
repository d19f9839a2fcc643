import { describe, expect, it } from 'vitest';
import { exampleIn } from './examples';

describe('the fragment of an address', () => {
  it('asks for an example', () => {
    expect(exampleIn('from=by-hand')).toBe('by-hand');
  });

  it.each(['.', ')', '%20', '&fbclid=1', '_'])('asks for it with %s behind it', (behind) => {
    expect(exampleIn(`from=by-hand${behind}`)).toBe('by-hand');
  });

  it.each(['', '1.abc', 'from=', 'from=../x', 'from=A', 'xfrom=a'])('%s asks for none', (text) => {
    expect(exampleIn(text)).toBeNull();
  });
});
