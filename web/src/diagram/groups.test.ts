// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { groupOf, groupsOf, toggled } from './groups';

function drawing(attributes: string, inside = ''): SVGSVGElement {
  const host = document.createElement('div');
  host.innerHTML = `<svg ${attributes}>${inside}</svg>`;
  return host.firstElementChild as SVGSVGElement;
}

describe('the groups of a drawing', () => {
  it('are known by a key, with those that are open', () => {
    const svg = drawing('data-graph="bp-0123456789" data-open="a b.0"');
    expect(groupsOf(svg)).toEqual({ graph: 'bp-0123456789', open: ['a', 'b.0'] });
    expect(groupsOf(drawing('data-graph="bp-0123456789" data-open=""'))?.open).toEqual([]);
  });

  it.each(['', 'data-graph=""', 'data-graph="../x"', 'data-graph="bp-012345678G"'])(
    'are none with %s',
    (attributes) => {
      expect(groupsOf(drawing(attributes))).toBeNull();
    },
  );

  it('have names of a bearable length', () => {
    expect(groupOf(drawing(`data-group="${'x'.repeat(201)}"`))).toBeNull();
    expect(groupOf(drawing('data-group="a b"'))).toBeNull();
    expect(groupOf(drawing('data-group="rounds_2_to_9"'))).toBe('rounds_2_to_9');
  });
});

describe('after a group was toggled', () => {
  const svg = drawing(
    'data-graph="bp-0123456789" data-open="a b c d"',
    ['a', 'b', 'c', 'd']
      .map((name, place) => {
        const outer = [null, 'a', 'b', null][place] ?? null;
        const within = outer === null ? '' : `data-in="${outer}"`;
        return `<g data-group="${name}" data-state="open" ${within}></g>`;
      })
      .join(''),
  );
  const groups = { graph: 'bp-0123456789', open: ['a', 'b', 'c', 'd'] };

  it('one that was folded is open, as the last one', () => {
    expect(toggled(svg, groups, 'e')).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('one that was open is closed with all that is in it', () => {
    expect(toggled(svg, groups, 'a')).toEqual(['d']);
    expect(toggled(svg, groups, 'c')).toEqual(['a', 'b', 'd']);
  });
});
