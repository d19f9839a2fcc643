import { describe, expect, it } from 'vitest';
import { EMPTY, print } from './terminal';

/** What is shown in the end of texts that come one after the other. */
function shown(...texts: string[]): string {
  let line = EMPTY;
  let all = '';
  for (const text of texts) {
    const { finished, last } = print(line, text);
    all += finished;
    line = last;
  }
  return all + line.text;
}

describe('printed text', () => {
  it('is finished line by line', () => {
    const { finished, last } = print(EMPTY, 'a\nb');
    expect([finished, last.text]).toEqual(['a\n', 'b']);
    expect(shown('a\nb', 'c\n')).toBe('a\nbc\n');
  });

  it('is written over after a carriage return', () => {
    expect(shown('10%\r20%')).toBe('20%');
    expect(shown('loading\rdone')).toBe('doneing');
    expect(shown('1\r2\nnext')).toBe('2\nnext');
    expect(shown('ends here\r\nnext')).toBe('ends here\nnext');
  });

  it('has no colours', () => {
    expect(shown('\u001b[1;31mred\u001b[0m')).toBe('red');
  });

  it('looks the same however it is parted', () => {
    const text =
      'loading\rdone\r59 of 60\r60 of 60\r\n\u001b[31mlong line\rab\rc\u001b[0m!\n\rx\ry\r';
    for (let first = 0; first <= text.length; first++) {
      for (let second = first; second <= text.length; second++) {
        const parts = [text.slice(0, first), text.slice(first, second), text.slice(second)];
        expect(shown(...parts)).toBe('60 of 60\nc!ng line\ny');
      }
    }
    expect(shown(...Array.from(text))).toBe('60 of 60\nc!ng line\ny');
  });

  it('with many returns over a long line takes no longer than its text', () => {
    // Copied at each return, this would take minutes.
    const text = 'x'.repeat(400_000) + '\rab'.repeat(400_000);
    expect(shown(text)).toBe('ab' + 'x'.repeat(399_998));
  });
});
