// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { MAX_ELEMENTS, MAX_MARKUP, refusal, sanitizeHtml, sanitizeSvg } from './sanitize';

function markup(fragment: DocumentFragment): string {
  const host = document.createElement('div');
  host.append(fragment);
  return host.innerHTML;
}

describe('an SVG', () => {
  it('keeps what a diagram is made of', () => {
    const svg =
      '<svg class="backprop-diagram" viewBox="0 0 9 9" role="img" aria-labelledby="t"><title id="t">T</title><g class="g"><path d="M0 0L9 9" stroke-width="2"></path><text x="1">1</text></g></svg>';
    expect(markup(sanitizeSvg(svg))).toBe(svg);
  });

  it('loses its own style sheet', () => {
    expect(markup(sanitizeSvg('<svg><style>body{display:none}</style><g></g></svg>'))).toBe(
      '<svg><g></g></svg>',
    );
  });

  it.each([
    '<svg><script>1</script></svg>',
    '<svg onload="1"></svg>',
    '<svg><image href="x"></image></svg>',
    '<svg><use href="#x"></use></svg>',
    '<svg><foreignObject><p>x</p></foreignObject></svg>',
    '<svg><rect style="fill:url(x)"></rect></svg>',
  ])('%s does no harm', (attack) => {
    expect(markup(sanitizeSvg(attack))).not.toMatch(/script|onload|image|use|foreign|style|href/i);
  });
});

it('HTML keeps its tables and loses what fetches', () => {
  const found = markup(
    sanitizeHtml('<table><tbody><tr><td>1</td></tr></tbody></table><img src="x">'),
  );
  expect(found).toBe('<table><tbody><tr><td>1</td></tr></tbody></table>');
});

describe('markup', () => {
  it('of an ordinary size is not refused', () => {
    expect(refusal('<svg></svg>')).toBeNull();
  });

  it('that is too long is refused with the figures', () => {
    expect(refusal(' '.repeat(MAX_MARKUP + 1))).toContain('500,001 characters');
  });

  it('with too many elements is refused with the figures', () => {
    expect(refusal('<g/>'.repeat(MAX_ELEMENTS + 1))).toContain('2,001 elements');
  });
});
