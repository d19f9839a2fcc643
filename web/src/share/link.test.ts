import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzz, PATIENCE } from '../fuzz';
import { decode, encode, LinkError, MAX_UNPACKED, type Shared } from './link';

async function opened(fragment: string): Promise<Shared> {
  return (await decode(fragment)).shared;
}

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
      expect(await opened(await encode({ code }))).toEqual({ code });
    },
  );

  it('has only characters that every chat leaves alone', async () => {
    expect(await encode({ code: 'print("?>~ÿ")'.repeat(50) })).toMatch(/^2\.[\w-]+\.[\w-]+$/);
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
    expect(await opened(await encode({ code: 'x', moment }))).toEqual({ code: 'x', moment });
  });

  it('carries what is open in a diagram', async () => {
    const moment = { diagram: 1, open: ['encoder.0', 'rounds_2_to_29'] };
    expect(await opened(await encode({ code: 'x', moment }))).toEqual({ code: 'x', moment });
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
    expect(await opened(fragment)).toEqual({ code: 'x', moment: { diagram: 0, step: 2 } });
  });

  it.each([{ diagram: -1 }, { diagram: 'x' }, 3, null])(
    'opens where its moment is nonsense',
    async (moment) => {
      const fragment = await encode({ code: 'x', moment } as unknown as { code: string });
      expect(await opened(fragment)).toEqual({ code: 'x' });
    },
  );

  it.each(['four-steps', '', '1.', '1.%', '1.AAAA', '1.q1YqSCxJLCpRsgKRmQA', '2.abc!.'])(
    '%s is damaged',
    async (fragment) => {
      await expect(decode(fragment)).rejects.toThrow(LinkError);
      await expect(decode(fragment)).rejects.toThrow('damaged');
    },
  );

  it('that was cut off says how much is missing', async () => {
    const whole = await encode({ code: 'print("something longer than a few letters")'.repeat(5) });
    const start = whole.lastIndexOf('.') + 1;
    for (let end = 2; end < whole.length; end += 1) {
      const percent = Math.round(100 * (1 - Math.max(0, end - start) / (whole.length - start)));
      const words = `about ${Math.min(99, Math.max(1, percent))}% of it is missing`;
      await expect(decode(whole.slice(0, end))).rejects.toThrow(words);
    }
  });

  it('of which one character has changed is refused', async () => {
    const whole = await encode({ code: 'print("something")' });
    for (let at = 0; at < whole.length; at += 1) {
      const other = whole[at] === 'x' ? 'y' : 'x';
      const changed = whole.slice(0, at) + other + whole.slice(at + 1);
      await expect(decode(changed)).rejects.toThrow(LinkError);
    }
  });

  it('of a newer version says so', async () => {
    await expect(decode('3.anything')).rejects.toThrow('newer version');
  });

  it('that unpacks to too much is refused', async () => {
    const bomb = await pack(JSON.stringify({ code: ' '.repeat(MAX_UNPACKED + 1) }));
    expect(bomb.length).toBeLessThan(2_000);
    await expect(decode(bomb)).rejects.toThrow('too much');
  });

  it('ignores what a later version of the same format adds', async () => {
    const later = await encode({ code: 'x', step: 3 } as { code: string });
    expect(await opened(later)).toEqual({ code: 'x' });
  });
});

/** Made by the first version of this page. They open for ever. */
const FIRST: [string, Shared][] = [
  [
    '1.q1ZKzk9JVbJSyswtyC8qUSjJL0rOiMkrKMrMK9EAc_Ty81KLNYw0NWPylGoB',
    { code: 'import torch\nprint(torch.ones(2))\n' },
  ],
  [
    '1.q1ZKzk9JVbJSKijKzCvRiFHKOLwyJydf4cP8vs4YJU0lHaXc_NzUvBIlq2qllMzE9KLEXCUrAx2l4pLUAiUrYx2lPIj2ckM9Az0jpdpaAA',
    { code: 'print("héllo 🎉")', moment: { diagram: 0, step: 3, node: 'w1.0.2' } },
  ],
];

/** What chats, mail programs and campaigns put behind a link. */
const BEHIND = [
  ...Array.from('.),*~\'"!;:>]}|=…“”«»'),
  '...',
  ').',
  '**',
  '%20',
  '%3D',
  '%E2%80%A6',
  '%',
  '?utm_source=x',
  '&fbclid=1',
  '#x',
  '\u200b',
  '\ufeff',
  '\n',
  '**_',
];

describe('a link of version 1', () => {
  it.each(FIRST)('%s opens', async (link, shared) => {
    expect(await decode(link)).toEqual({ link, shared });
  });

  it.each([...BEHIND, '_', '__', '-'])('opens with %j behind it', async (behind) => {
    for (const [link, shared] of FIRST) {
      expect(await opened(link + behind)).toEqual(shared);
    }
  });
});

describe('a link through a chat', () => {
  it.each([...BEHIND, '_', '-', 'and words', '_'.repeat(10_000)])(
    'opens with %j behind it',
    async (behind) => {
      const link = await encode({ code: 'print(1)' });
      expect(await decode(link + behind)).toEqual({ link, shared: { code: 'print(1)' } });
    },
  );

  it.each(['\n', '\r\n  ', ' ', '%20', '%0A', '\u00ad', '\u200b'])(
    'opens where %j breaks it anywhere',
    async (mark) => {
      for (const link of [await encode({ code: 'print(1)' }), await pack('{"code":"print(1)"}')]) {
        for (let at = 1; at < link.length; at += 1) {
          const broken = link.slice(0, at) + mark + link.slice(at);
          expect(await decode(broken)).toEqual({ link, shared: { code: 'print(1)' } });
        }
      }
    },
  );

  it('opens where its own characters are percent-encoded', async () => {
    const link = await encode({ code: 'print(1)' });
    const encoded = Array.from(link, (each) => `%${each.charCodeAt(0).toString(16)}`).join('');
    expect(await opened(encoded)).toEqual({ code: 'print(1)' });
  });

  it('is hardly longer for it', async () => {
    const code = 'import torch\nmodel = torch.nn.Linear(2, 3)\n'.repeat(5);
    const first = await pack(JSON.stringify({ code }));
    expect((await encode({ code })).length - first.length).toBeLessThanOrEqual(6);
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
          expect(await opened(await encode(made))).toEqual(made);
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
            expect(typeof (await opened(damaged)).code).toBe('string');
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
