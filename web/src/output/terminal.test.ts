import { describe, expect, it } from 'vitest';
import { print } from './terminal';

describe('printed text', () => {
  it('is finished line by line', () => {
    expect(print('', 'a\nb')).toEqual({ finished: 'a\n', last: 'b' });
    expect(print('b', 'c\n')).toEqual({ finished: 'bc\n', last: '' });
  });

  it('is written over after a carriage return', () => {
    expect(print('', '10%\r20%')).toEqual({ finished: '', last: '20%' });
    expect(print('', 'loading\rdone')).toEqual({ finished: '', last: 'doneing' });
    expect(print('', '1\r2\nnext')).toEqual({ finished: '2\n', last: 'next' });
  });

  it('waits with a return at the end for what comes next', () => {
    const { last } = print('', '10%\r');
    expect(last).toBe('10%\r');
    expect(print(last, '20%\r')).toEqual({ finished: '', last: '20%\r' });
    expect(print(last, '\n')).toEqual({ finished: '10%\n', last: '' });
  });

  it('has no colours', () => {
    expect(print('', '\u001b[1;31mred\u001b[0m')).toEqual({ finished: '', last: 'red' });
  });
});

it('many returns over a long line take no longer than their text', () => {
  // Copied at each return, this would take minutes.
  const { last } = print('', 'x'.repeat(400_000) + '\rab'.repeat(400_000));
  expect(last).toBe('ab' + 'x'.repeat(399_998));
});
