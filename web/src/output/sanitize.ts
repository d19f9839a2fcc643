/** Markup that a learner's code made, reduced to what can do no harm: it is drawn by the page itself. */

import DOMPurify from 'dompurify';

export const MAX_MARKUP = 500_000;
export const MAX_ELEMENTS = 2_000;

/** Why markup is refused before it is parsed, or null. */
export function refusal(markup: string): string | null {
  if (markup.length > MAX_MARKUP) {
    return `It has ${markup.length.toLocaleString('en')} characters; at most ${MAX_MARKUP.toLocaleString('en')} are drawn.`;
  }
  const elements = markup.match(/<[a-z]/gi)?.length ?? 0;
  if (elements > MAX_ELEMENTS) {
    return `It has ${elements.toLocaleString('en')} elements; at most ${MAX_ELEMENTS.toLocaleString('en')} are drawn.`;
  }
  return null;
}

const FORBIDDEN = {
  FORBID_TAGS: [
    'style',
    'a',
    'image',
    'img',
    'feImage',
    'use',
    'set',
    'animate',
    'foreignObject',
    'form',
    'input',
    'button',
    'textarea',
    'select',
    'audio',
    'video',
    'source',
    'picture',
  ],
  FORBID_ATTR: [
    'href',
    'xlink:href',
    'style',
    'src',
    'srcset',
    'action',
    'background',
    'poster',
    'id-ref',
  ],
};

/**
 * Without what a parser would report on the console as a breach of the page's policy: style sheets, which
 * diagrams bring, and attributes for styles and scripts. What is safe is decided by DOMPurify alone.
 */
function withoutBreaches(markup: string): string {
  return markup
    .replace(/<style\b[\s\S]*?<\/style>/gi, '')
    .replace(/<[a-z][^>]*>/gi, (tag) =>
      tag.replace(/\s(style|on[a-z]+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, ''),
    );
}

/** An SVG's text as a fragment without scripts, styles, links and anything that fetches. */
export function sanitizeSvg(markup: string): DocumentFragment {
  return DOMPurify.sanitize(withoutBreaches(markup), {
    USE_PROFILES: { svg: true, svgFilters: false },
    ADD_ATTR: ['role', 'aria-labelledby', 'tabindex'],
    ...FORBIDDEN,
    RETURN_DOM_FRAGMENT: true,
  });
}

/** HTML (tables, lists, text) as a fragment without scripts, styles, links and anything that fetches. */
export function sanitizeHtml(markup: string): DocumentFragment {
  return DOMPurify.sanitize(withoutBreaches(markup), {
    USE_PROFILES: { html: true, svg: true },
    ...FORBIDDEN,
    RETURN_DOM_FRAGMENT: true,
  });
}
