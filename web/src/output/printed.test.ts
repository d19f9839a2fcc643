// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from 'vitest';
import { MOST_CHARACTERS, MOST_KEPT, MOST_LINES, Printed } from './printed';

// jsdom lays nothing out: there, no block ever takes another size.
vi.hoisted(() => {
  vi.stubGlobal(
    'ResizeObserver',
    vi.fn(
      class {
        observe = vi.fn();
      },
    ),
  );
});

let region: HTMLElement;
let printed: Printed;

beforeEach(() => {
  region = document.createElement('div');
  printed = new Printed(region);
});

const shown = (): string => region.textContent;
const numbered = (from: number, until: number): string =>
  Array.from({ length: until - from }, (_, n) => `line ${from + n}\n`).join('');
const file = (): string => printed.file().join('');

it('what is printed is shown as it is, in pieces of some lines', () => {
  const text = numbered(0, 3_000);
  for (let at = 0; at < text.length; at += 777) printed.add('stdout', text.slice(at, at + 777));
  expect(shown()).toBe(text);
  expect(file()).toBe(text);
  expect(printed.isCut).toBe(false);
  expect(region.querySelectorAll('pre')).toHaveLength(1);
  const pieces = [...region.querySelectorAll('.py-lines')];
  expect(pieces.length).toBeGreaterThan(20);
  for (const piece of pieces) expect(piece.textContent.split('\n').length).toBeLessThan(200);
});

it('both streams stand in their order', () => {
  printed.add('stdout', 'out ');
  printed.add('stderr', 'err\n');
  printed.add('stdout', 'out\n');
  expect([...region.children].map((each) => [each.className, each.textContent])).toEqual([
    ['py-text', 'out '],
    ['py-text py-stderr', 'err\n'],
    ['py-text', 'out\n'],
  ]);
});

it('of more the beginning and the end are shown, and all of it is in the file', () => {
  const text = numbered(0, 30_000);
  for (let at = 0; at < text.length; at += 5_000) printed.add('stdout', text.slice(at, at + 5_000));
  printed.add('stdout', 'the result');
  const lines = shown().split('\n');
  expect(lines.slice(0, MOST_LINES).join('\n')).toBe(numbered(0, MOST_LINES).trimEnd());
  expect(lines.at(-1)).toBe('the result');
  expect(lines.at(-2)).toBe('line 29999');
  const note = lines.find((each) => each.startsWith('[...')) ?? '';
  const leftOut = Number(/[\d,]+/.exec(note)?.[0].replaceAll(',', ''));
  expect(lines.length - 2 + leftOut).toBe(30_000);
  expect(lines.length).toBeLessThan(2 * MOST_LINES + 200);
  expect(printed.isCut).toBe(true);
  expect(file()).toBe(`${text}the result`);
});

it('an endless line is broken and cut, but not in the file', () => {
  const text = 'x'.repeat(1_000_000) + 'end';
  for (let at = 0; at < text.length; at += 50_000)
    printed.add('stdout', text.slice(at, at + 50_000));
  expect(shown().length).toBeLessThan(2 * MOST_CHARACTERS + 20_000);
  expect(shown()).toMatch(/^x{100000}.*\[\.\.\.\]\nx+end$/s);
  expect(file()).toBe(text);
});

it('what was written over does not count', () => {
  for (let step = 0; step < 300_000; step += 1000) {
    printed.add(
      'stdout',
      Array.from({ length: 1000 }, (_, n) => `\r${step + n} of 300000`).join(''),
    );
  }
  printed.add('stdout', '\nloss 0.5\n');
  expect(shown()).toBe('299999 of 300000\nloss 0.5\n');
  expect(printed.isCut).toBe(false);
  expect(file()).toBe(shown());
});

it('beyond what is kept the file says what is missing, and has the end', () => {
  const block = `${'y'.repeat(99)}\n`.repeat(10_000);
  for (let n = 0; n < 25; n++) printed.add('stdout', block);
  printed.add('stdout', 'the end\n');
  const text = file();
  const missing = Number(
    /\[\.\.\. ([\d,]+) characters are missing/.exec(text)?.[1]?.replaceAll(',', ''),
  );
  expect(text.startsWith('y'.repeat(99))).toBe(true);
  expect(text.endsWith('y\nthe end\n')).toBe(true);
  expect(text.replace(/\n\[\.\.\. .* \.\.\.\]\n/, '').length + missing).toBe(25_000_008);
  expect(text.length).toBeGreaterThan(MOST_KEPT);
});

it('what never came counts as missing', () => {
  printed.add('stdout', 'first\n');
  printed.add('stdout', 'last\n', 1_234_567);
  expect(shown()).toBe('first\n[...]\nlast\n');
  expect(printed.isCut).toBe(true);
  expect(file()).toContain('first\n\n[... 1,234,567 characters are missing here');
  expect(file()).toMatch(/\]\nlast\n$/);
});

it('text that comes after something else stands below it', () => {
  printed.add('stdout', 'above');
  printed.interrupt();
  region.append(document.createElement('hr'));
  printed.add('stdout', 'below');
  expect(region.innerHTML.replaceAll(/<div[^>]*>|<\/div>/g, '')).toBe(
    '<pre class="py-text">above</pre><hr><pre class="py-text">below</pre>',
  );
});
