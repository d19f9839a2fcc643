// @vitest-environment jsdom
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { fuzz, PATIENCE } from '../fuzz';
import { LiveDiagram, readPatch } from './patch';

function patch(changes: unknown[]): string {
  return JSON.stringify({ live: 'live-1', frame: 2, last: false, changes });
}

describe('a patch', () => {
  it('is read', () => {
    expect(readPatch(patch([[3, 'r', '2.5']]))).toEqual({
      live: 'live-1',
      last: false,
      changes: [[3, 'r', '2.5']],
    });
  });

  it.each(['no JSON', 'null', '3', '{}', '{"live": 1, "changes": []}', '{"live": "a"}'])(
    '%s is none',
    (json) => {
      expect(readPatch(json)).toBeNull();
    },
  );

  it.each([
    [3, 'onclick', 'alert(1)'],
    [3, 'href', 'x'],
    [3, 'style', 'fill:red'],
    [3, 'r', '2.5px'],
    [3, 'r', 'url(x)'],
    [3, 'class', 'a" onload="'],
    [3, 'd', 'M0 0<script>'],
    ['3', 'r', '2'],
    [3, 'r', 2],
    [3, '__proto__', 'x'],
    [3, 'r'],
    null,
  ])('%# loses what is not allowed', (...change) => {
    expect(readPatch(patch([change, [1, 'r', '1']]))?.changes).toEqual([[1, 'r', '1']]);
  });
});

describe('a live diagram', () => {
  let svg: SVGSVGElement;

  beforeEach(() => {
    document.body.innerHTML =
      '<svg data-key="0"><circle data-key="1" class="a" r="1"></circle><text data-key="2">x</text></svg>';
    svg = document.querySelector('svg') as unknown as SVGSVGElement;
  });

  function apply(...changes: [number, string, string][]): void {
    const live = new LiveDiagram(svg);
    live.apply({ live: 'live-1', last: false, changes });
    live.flush();
  }

  it('changes in place', () => {
    apply([1, 'r', '5'], [2, 'text', '<b>y</b>'], [99, 'r', '1']);
    expect(svg.querySelector('circle')?.getAttribute('r')).toBe('5');
    expect(svg.querySelector('text')?.innerHTML).toBe('&lt;b&gt;y&lt;/b&gt;');
  });

  it('shows only the newest of several values', () => {
    apply([1, 'r', '5'], [1, 'r', '6']);
    expect(svg.querySelector('circle')?.getAttribute('r')).toBe('6');
  });

  it('keeps what the reader has marked', () => {
    svg.querySelector('circle')?.classList.add('is-selected');
    apply([1, 'class', 'b']);
    expect(svg.querySelector('circle')?.getAttribute('class')).toBe('b is-selected');
  });
});

const number = fc.oneof(fc.integer(), fc.double(), fc.string());
const name = fc.constantFrom(
  'class',
  'd',
  'r',
  'text',
  'fill-opacity',
  'data-facts',
  'fill',
  'href',
  'onclick',
  'style',
  'id',
  'constructor',
);
const value = fc.oneof(
  number.map(String),
  fc.constantFrom('url(/x)', 'M0 0L9 9', '<script>', 'a" onload="x', 'is-shown'),
);

it(
  'of random patches nothing but numbers, shapes, classes and text changes a diagram',
  () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.tuple(fc.nat(4), name, value), fc.anything())), (sent) => {
        const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
        svg.innerHTML = '<g data-key="1"><circle data-key="2"/><text data-key="3">a</text></g>';
        const read = readPatch(patch(sent));
        if (read === null) return;
        const diagram = new LiveDiagram(svg);
        diagram.apply(read);
        diagram.flush();
        for (const each of [svg, ...svg.querySelectorAll('*')]) {
          expect(['svg', 'g', 'circle', 'text']).toContain(each.localName);
          for (const attribute of each.attributes) {
            if (/^(data-key|data-facts)$/.test(attribute.name)) continue;
            expect(attribute.name).toMatch(/^(class|d|r|fill-opacity)$/);
            expect(attribute.value).toMatch(/^[\w .,-]*$/);
          }
        }
      }),
      fuzz(),
    );
  },
  PATIENCE,
);
