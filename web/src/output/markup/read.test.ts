// @vitest-environment jsdom
import DOMPurify from 'dompurify';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzz, PATIENCE } from '../../fuzz';
import { DROPPED, ELEMENTS, type Namespace } from './allowed';
import { MAX_DEPTH, MAX_ELEMENTS, MAX_MARKUP, MAX_TEXT, readMarkup } from './read';

async function drawn(markup: string, kind: Namespace = 'svg'): Promise<string> {
  const host = document.createElement('div');
  host.append(await readMarkup(markup, kind));
  return host.innerHTML;
}

describe('an SVG', () => {
  it('keeps what a diagram is made of', async () => {
    const svg =
      '<svg class="backprop-diagram" viewBox="0 0 9 9" role="img" aria-labelledby="t"><title id="t">T &amp; U</title><g class="g" data-node="n1.0" tabindex="-1"><path d="M0 0L9e-1 9" stroke-width="2"></path><text x="1">1<tspan dx="2">2</tspan></text></g></svg>';
    expect(await drawn(svg)).toBe(svg);
  });

  it.each([
    ['<svg><g/><path d=M0,0 /></svg>', '<svg><g></g><path d="M0,0"></path></svg>'],
    ['<?xml version="1.0"?><!DOCTYPE svg><!-- x --><svg><g></svg>', '<svg><g></g></svg>'],
    [
      '<svg><text>&#945; &lt; 1<![CDATA[ & 2]]></text></svg>',
      '<svg><text>α &lt; 1 &amp; 2</text></svg>',
    ],
    ['<svg><a href="x"><text>t</text></a></svg>', '<svg><text>t</text></svg>'],
  ])('%s is read as it was meant', async (written, expected) => {
    expect(await drawn(written)).toBe(expected);
  });

  it.each([
    '<svg><style>body{display:none}</style></svg>',
    '<svg><script>1</script></svg>',
    '<svg><image href="x"/></svg>',
    '<svg><use href="#x"/></svg>',
    '<svg><foreignObject><p>x</p></foreignObject></svg>',
    '<svg><defs><pattern id="p"><g/></pattern></defs></svg>',
    '<svg><mask><g/></mask><clipPath><g/></clipPath><marker><g/></marker></svg>',
    '<svg><filter><feImage href="x"/></filter><set/><animate/><switch><g/></switch></svg>',
  ])('%s loses all that is in it', async (attack) => {
    expect(await drawn(attack)).toMatch(/^<svg>(<defs><\/defs>)?<\/svg>$/);
  });
});

const FETCHING = [
  'url(/here?data#x)',
  'url("//elsewhere/x")',
  'URL( x.svg#y )',
  'u\\72l(/x)',
  '\\75 rl(/x#a)',
  'u/**/rl(/x)',
  'image-set("/x" 1x)',
  '-webkit-image-set(url(/x) 1x)',
  'cross-fade(url(#a), url(/b))',
  'image(/x)',
  'src("/x")',
  'element(#x)',
  'paint(x)',
  'attr(href)',
  'red url(/x)',
  'url(#a) url(/b)',
  'url(#a\n), url(/b)',
  'url(data:image/svg+xml,x)',
  'url(#a',
  "url('#a' /b)",
  'javascript:alert(1)',
  'https://elsewhere/',
];
const PRESENTATION =
  'fill stroke mask clip-path filter marker marker-start marker-mid marker-end cursor style color-profile src href xlink:href display font-family transform stop-color shape-inside mask-image background content list-style-image offset-path d points width';

describe.each(FETCHING)('%s', (value) => {
  it.each(PRESENTATION.split(' '))('names nothing in %s', async (name) => {
    const written = value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    for (const kind of ['svg', 'html'] as const) {
      expect(await drawn(`<svg><rect ${name}="${written}" /></svg>`, kind)).toBe(
        '<svg><rect></rect></svg>',
      );
    }
  });
});

it.each(['url(#g)', "url('#g-1') red", '#abc', 'rgb(1 2 3 / 50%)', 'var(--value)', 'none'])(
  'a paint can be %s',
  async (paint) => {
    expect(await drawn(`<svg><rect fill="${paint}"/></svg>`)).toBe(
      `<svg><rect fill="${paint}"></rect></svg>`,
    );
  },
);

describe('HTML', () => {
  it.each([
    [
      '<table border=1><tr><th colspan=2>a<td>1</table>',
      '<table border="1"><tr><th colspan="2">a</th><td>1</td></tr></table>',
    ],
    ['<p>one<p>two &eacute;&nbsp;<br>', '<p>one</p><p>two é&nbsp;<br></p>'],
    ['<b>bold<i>both</b>', '<b>bold<i>both</i></b>'],
    [
      '<div><svg viewBox="0 0 1 1"><linearGradient id="g"/><g/></svg>x</div>',
      '<div><svg viewBox="0 0 1 1"><linearGradient id="g"></linearGradient><g></g></svg>x</div>',
    ],
    ['<form><label>a<input></label><button>b</button></form>', 'ab'],
  ])('%s is read as it was meant', async (written, expected) => {
    expect(await drawn(written, 'html')).toBe(expected);
  });

  it.each([
    '<script>x</script><style>x</style><iframe>x</iframe><noscript>x</noscript>',
    '<img src=x onerror=x><link rel=stylesheet href=x><meta http-equiv=refresh content=x>',
    '<svg><foreignObject><img src=x></foreignObject></svg><video src=x>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--><img src=x onerror=x>">',
    '<template><img src=x></template><object data=x>x</object><embed src=x>',
    '<title><img src=x></title><textarea><img src=x></textarea><xmp><img src=x></xmp>',
  ])('%s comes to nothing', async (attack) => {
    expect(await drawn(attack, 'html')).not.toMatch(/x|img|style/);
  });

  it('spans few columns and rows', async () => {
    expect(await drawn('<td colspan=1000>1<td rowspan=x>2<td colspan=3>3', 'html')).toBe(
      '<td>1</td><td>2</td><td colspan="3">3</td>',
    );
    const many = await drawn('<td colspan=900>x<td rowspan=900>y<td colspan=900>z<p>', 'html');
    expect(many.match(/span/g)).toHaveLength(2);
    expect(many).toContain('z<p>');
  });
});

describe('a few characters', () => {
  it.each([
    ['mis-nested', '<b x=1>'.repeat(350) + '<p>'.repeat(350)],
    ['formatting in tables', '<table><b>'.repeat(500) + 'x'.repeat(100)],
    ['unclosed', '<i a><p>'.repeat(600)],
  ])('make few nodes (%s)', async (_, markup) => {
    await expect(drawn(markup, 'html')).rejects.toThrow(/levels|elements/);
  });
});

describe('markup is refused with the figures', () => {
  it.each([
    ['characters', ' '.repeat(MAX_MARKUP + 1), '500,001 characters'],
    ['elements', '<g/>'.repeat(MAX_ELEMENTS + 1), 'more than 2,000 elements'],
    ['dropped elements', '<use/>'.repeat(MAX_ELEMENTS + 1), 'more than 2,000 elements'],
    ['levels', '<g>'.repeat(MAX_DEPTH + 1), 'more than 60 levels'],
    ['text', `<text>${'x'.repeat(MAX_TEXT + 1)}</text>`, 'more than 50,000 characters of text'],
  ])('for too many %s', async (_, markup, words) => {
    await expect(readMarkup(markup, 'svg')).rejects.toThrow(words);
  });
});

/** Nodes and attributes that are not on the list, found without the code that makes them. */
function strange(node: Node): string[] {
  const below = [...node.childNodes].flatMap(strange);
  if (!(node instanceof Element)) return below;
  const known = [...ELEMENTS.html.values(), ...ELEMENTS.svg.values()];
  return [
    ...below,
    ...(known.includes(node.localName) ? [] : [node.localName]),
    ...[...node.attributes]
      .filter(
        ({ name, value }) =>
          /^on|href|src|style/i.test(name) ||
          (/^(fill|d|colspan)$/.test(name) && /url\(\s*["']?[^#"']/i.test(value)),
      )
      .map(({ name, value }) => `${name}=${value}`),
  ];
}

const tag = fc.constantFrom(
  ...ELEMENTS.html.values(),
  ...ELEMENTS.svg.values(),
  ...DROPPED,
  'a',
  'img',
  'form',
  'input',
  'x-y',
  'use',
  'set',
);
const attribute = fc.constantFrom(
  'fill',
  'href',
  'onclick',
  'style',
  'src',
  'class',
  'd',
  'xlink:href',
  'mask',
  'data-node',
  'colspan',
  'background',
);
const value = fc.oneof(
  fc.constantFrom(...FETCHING, 'url(#a)', '1', 'x'),
  fc.string({ maxLength: 8 }),
);
const piece = fc.oneof(
  fc
    .tuple(tag, attribute, value, fc.constantFrom('>', '/>', ' ', ''))
    .map(([name, key, text, end]) => `<${name} ${key}="${text}"${end}`),
  tag.map((name) => `</${name}>`),
  tag.map((name) => `<${name}>`),
  fc.constantFrom(
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<!DOCTYPE x [',
    '&lt;',
    '&#x3c;',
    '<',
    '>',
    '"',
    '\0',
    '</',
  ),
  fc.string({ maxLength: 12 }),
);

it.each(['svg', 'html'] as const)(
  'of random %s nothing is drawn that is not on the list',
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        const markup = pieces.join('');
        const fragment = await readMarkup(markup, kind);
        expect(strange(fragment)).toEqual([]);
        // An independent judge: what it would take out, of what is left, is nothing that could act.
        const host = document.createElement('div');
        host.append(fragment);
        const judged = DOMPurify.sanitize(host.innerHTML, { RETURN_DOM_FRAGMENT: true });
        expect(
          DOMPurify.removed.filter(
            (each) => 'attribute' in each && /^on|href|src/.test(each.attribute?.name ?? ''),
          ),
        ).toEqual([]);
        expect(strange(judged)).toEqual([]);
      }),
      fuzz(),
    );
  },
  PATIENCE,
);
