import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzz, PATIENCE } from '../fuzz';
import { decode, encode, LinkError, MAX_UNPACKED } from './link';

/** A link made without the limits of `encode`. */
async function pack(text: string): Promise<string> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  return `1.${Buffer.from(bytes).toString('base64url')}`;
}

describe('a link', () => {
  it.each(['', 'print(1)', 'print("héllo 🎉 中文")\n', '\u0000\ttab', '#'.repeat(50_000)])(
    'brings the code back',
    async (code) => {
      expect(await decode(await encode({ code }))).toEqual({ code });
    },
  );

  it('has only characters that every chat leaves alone', async () => {
    expect(await encode({ code: 'print("?>~ÿ")'.repeat(50) })).toMatch(/^1\.[\w-]+$/);
  });

  it('is short', async () => {
    const code = 'import torch\nimport torch.nn as nn\nmodel = nn.Linear(2, 3)\n'.repeat(40);
    expect((await encode({ code })).length).toBeLessThan(200);
  });

  it('that holds too much is not made', async () => {
    await expect(encode({ code: ' '.repeat(MAX_UNPACKED + 1) })).rejects.toThrow('too much');
    const noise = Array.from(crypto.getRandomValues(new Uint8Array(60_000)).join(''), (digit) =>
      String.fromCharCode(0x4e00 + Number(digit) * 97 + Math.floor(Math.random() * 97)),
    ).join('');
    await expect(encode({ code: noise.repeat(2) })).rejects.toThrow('too much');
  });

  it('carries a moment of a diagram', async () => {
    const moment = { diagram: 0, step: 3, node: 'w1.0.2' };
    expect(await decode(await encode({ code: 'x', moment }))).toEqual({ code: 'x', moment });
  });

  it('carries what is open in a diagram', async () => {
    const moment = { diagram: 1, open: ['encoder.0', 'rounds_2_to_29'] };
    expect(await decode(await encode({ code: 'x', moment }))).toEqual({ code: 'x', moment });
  });

  it.each([
    [['two words']],
    [[3]],
    ['encoder'],
    [Array<string>(51).fill('a')],
    [['x'.repeat(201)]],
  ])('leaves out what is no list of groups', async (open) => {
    const moment = { diagram: 0, step: 2, open };
    const fragment = await encode({ code: 'x', moment } as unknown as { code: string });
    expect(await decode(fragment)).toEqual({ code: 'x', moment: { diagram: 0, step: 2 } });
  });

  it.each([{ diagram: -1 }, { diagram: 'x' }, 3, null])(
    'opens where its moment is nonsense',
    async (moment) => {
      const fragment = await encode({ code: 'x', moment } as unknown as { code: string });
      expect(await decode(fragment)).toEqual({ code: 'x' });
    },
  );

  it.each(['four-steps', '', '1.', '1.%', '1.AAAA', '1.q1YqSCxJLCpRsgKRmQA'])(
    '%s is damaged',
    async (fragment) => {
      await expect(decode(fragment)).rejects.toThrow(LinkError);
      await expect(decode(fragment)).rejects.toThrow('damaged');
    },
  );

  it('that was cut off is damaged', async () => {
    const whole = await encode({ code: 'print("something longer than a few letters")' });
    await expect(decode(whole.slice(0, -6))).rejects.toThrow('damaged');
  });

  it('of a newer version says so', async () => {
    await expect(decode('2.anything')).rejects.toThrow('newer version');
  });

  it('that unpacks to too much is refused', async () => {
    const bomb = await pack(JSON.stringify({ code: ' '.repeat(MAX_UNPACKED + 1) }));
    expect(bomb.length).toBeLessThan(2_000);
    await expect(decode(bomb)).rejects.toThrow('too much');
  });

  it('ignores what a later version of the same format adds', async () => {
    const later = await encode({ code: 'x', step: 3 } as { code: string });
    expect(await decode(later)).toEqual({ code: 'x' });
  });
});

describe('of random links', () => {
  it(
    'each brings back what it was made of',
    async () => {
      const moment = fc.record(
        { diagram: fc.nat(), step: fc.nat(), node: fc.string() },
        { requiredKeys: ['diagram'] },
      );
      const code = fc.string({ unit: 'grapheme', maxLength: 300 });
      const shared = fc.record({ code, moment }, { requiredKeys: ['code'] });
      await fc.assert(
        fc.asyncProperty(shared, async (made) => {
          expect(await decode(await encode(made))).toEqual(made);
        }),
        fuzz(),
      );
    },
    PATIENCE,
  );

  it(
    'a damaged one opens whole, or is refused in words',
    async () => {
      const whole = await encode({ code: 'for step in range(100):\n    print(step)\n'.repeat(3) });
      const damage = fc.tuple(fc.nat(whole.length), fc.nat(6), fc.string({ maxLength: 6 }));
      await fc.assert(
        fc.asyncProperty(fc.oneof(damage, fc.string({ maxLength: 40 })), async (given) => {
          const [at, length, put] = typeof given === 'string' ? [0, whole.length, given] : given;
          const damaged = whole.slice(0, at) + put + whole.slice(at + length);
          try {
            expect(typeof (await decode(damaged)).code).toBe('string');
          } catch (error) {
            expect(error).toBeInstanceOf(LinkError);
          }
        }),
        fuzz(),
      );
    },
    PATIENCE,
  );
});
