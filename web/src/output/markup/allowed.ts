/**
 * What of foreign markup is drawn: these elements with these attributes, and nothing else.
 *
 * On the list is what shows text, tables and shapes. Left out is what runs, fetches, leads elsewhere, takes
 * input, moves, restyles, or lets a few characters stand for many drawings: `pattern`, `mask`, `clipPath`,
 * `marker`, `filter`, `symbol` and `use` draw what is in them as often as they are named, and in each other
 * as often as the product of that.
 */

import { DATA } from '../../contract';

export type Namespace = 'html' | 'svg';

/** By their names in lower case, as HTML writes them. */
function byLowerCase(names: string): ReadonlyMap<string, string> {
  return new Map(names.split(/\s+/).map((name) => [name.toLowerCase(), name]));
}

export const ELEMENTS: Record<Namespace, ReadonlyMap<string, string>> = {
  html: byLowerCase(
    `abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del
     details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i ins kbd li main mark
     nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th
     thead time tr tt u ul var wbr`,
  ),
  svg: byLowerCase(
    `svg g path rect circle ellipse line polyline polygon text tspan title desc defs linearGradient
     radialGradient stop`,
  ),
};

/** What goes with all that is in it, unless it is on the list. Of other elements what is in them is drawn. */
export const DROPPED: ReadonlySet<string> = new Set(
  `annotation-xml applet audio canvas clippath datalist feimage filter foreignobject frameset head iframe
   marker mask math mesh metadata noembed noframes noscript object option pattern picture plaintext script
   select style switch symbol template textarea title video xmp`.split(/\s+/),
);

/** Attributes whose values are text, and never read as an address or a style. */
const TEXT = byLowerCase(
  `abbr alt class datetime dir headers id label lang role scope summary tabindex title type`,
);

/** Attributes with a value that CSS or a layout reads. */
const READ: Record<Namespace, ReadonlyMap<string, string>> = {
  html: byLowerCase(
    `align border cellpadding cellspacing char colspan color compact face frame open reversed rowspan rules
     size span start valign value width`,
  ),
  svg: byLowerCase(
    `alignment-baseline baseline-shift clip-rule color color-interpolation cx cy d direction display
     dominant-baseline dx dy fill fill-opacity fill-rule focusable font-family font-size font-stretch
     font-style font-variant font-weight fr fx fy gradientTransform gradientUnits height letter-spacing
     lengthAdjust offset opacity overflow paint-order pathLength points preserveAspectRatio r rotate rx ry
     shape-rendering spreadMethod stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
     stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration
     text-rendering textLength transform transform-origin unicode-bidi vector-effect viewBox visibility width
     word-spacing writing-mode x x1 x2 y y1 y2`,
  ),
};

/** Shapes, whose values may be long. */
const SHAPES: ReadonlySet<string> = new Set(['d', 'points']);

/** What a diagram tells the page: docs/diagrams.md. */
const TOLD: ReadonlySet<string> = new Set(Object.values(DATA));
const LONGEST_TOLD = 10_000;
const LONGEST = 1_000;

/** By how many columns or rows a cell of a table reaches. */
export const SPANS: ReadonlySet<string> = new Set(['colspan', 'rowspan', 'span']);

/** Functions that compute from their arguments alone. All others fetch, or may one day. */
const FUNCTIONS: ReadonlySet<string> = new Set(
  'rgb rgba hsl hsla hwb lab lch oklab oklch var matrix translate scale rotate skewx skewy'.split(
    ' ',
  ),
);

/** A gradient of the same drawing. */
const OWN_PAINT = /^\s*url\((["']?)#[\w.:-]+\1\)\s*(none|currentcolor|#[\da-f]{3,8}|[a-z]+)?\s*$/i;

/** The attribute as it is drawn, by its name and value; null where it is left out. */
export function allowedAttribute(
  namespace: Namespace,
  written: string,
  value: string,
): [name: string, value: string] | null {
  const lower = written.toLowerCase();
  if (TOLD.has(lower)) return value.length <= LONGEST_TOLD ? [lower, value] : null;
  if (/^(aria|data)-[a-z\d-]{1,60}$/.test(lower)) return text(lower, value);
  const asText = TEXT.get(lower);
  if (asText !== undefined) return text(asText, value);
  const name = READ[namespace].get(lower);
  return name !== undefined && isPlain(name, value) ? [name, value] : null;
}

function text(name: string, value: string): [string, string] | null {
  return value.length <= LONGEST ? [name, value] : null;
}

/** Whether a value names nothing outside of the drawing, whichever way CSS has of writing that. */
function isPlain(name: string, value: string): boolean {
  // No escape, no comment, no function: a shape is numbers and letters.
  if (SHAPES.has(name)) return !/[^\w\s.,+-]/.test(value);
  if (value.length > LONGEST) return false;
  if (SPANS.has(name)) return /^\d{1,3}$/.test(value);
  if (name === 'fill' || name === 'stroke') {
    if (OWN_PAINT.test(value)) return true;
  }
  // An escape can write any name, and a comment can part one.
  if (/\\|\/\*|:/.test(value)) return false;
  const calls = value.split('(').slice(0, -1);
  return calls.every((each) => {
    const called =
      each
        .trimEnd()
        .split(/[\s,)]/)
        .at(-1) ?? '';
    return FUNCTIONS.has(called.toLowerCase());
  });
}
