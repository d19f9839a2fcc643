/** Finds sections of lessons and examples. */

import MiniSearch from 'minisearch';

/** A page's text from one heading to the next, as the builder writes it. */
export interface Section {
  /** Relative to the site's root. */
  url: string;
  title: string;
  heading: string;
  text: string;
  code: string;
}

export interface Found {
  url: string;
  title: string;
  heading: string;
  /** A piece of the section in which a word was found; what was found is marked. */
  excerpt: Piece[];
}

export interface Piece {
  text: string;
  found: boolean;
}

const MOST = 20;
/** Characters of an excerpt, and of it before the first word that was found. */
const EXCERPT = 140;
const BEFORE = 40;

export class Finder {
  readonly #sections: Section[];
  readonly #search = new MiniSearch<Section & { id: number }>({
    fields: ['title', 'heading', 'text', 'code'],
    searchOptions: {
      boost: { title: 3, heading: 2 },
      combineWith: 'AND',
      prefix: true,
      // A slip in a short word would find every other short word.
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    },
  });

  constructor(sections: Section[]) {
    this.#sections = sections;
    this.#search.addAll(sections.map((section, id) => ({ ...section, id })));
  }

  find(query: string): Found[] {
    return this.#search
      .search(query)
      .slice(0, MOST)
      .flatMap((result) => {
        const section = this.#sections[Number(result.id)];
        return section === undefined ? [] : [shown(section, result.terms)];
      });
  }
}

function shown(section: Section, terms: string[]): Found {
  const { url, title, heading, text, code } = section;
  const words = pattern(terms);
  const source = words.test(text) || !words.test(code) ? text : code;
  return { url, title, heading, excerpt: pieces(excerpt(source, words), words) };
}

/** Matches a term at the beginning of a word. */
function pattern(terms: string[]): RegExp {
  const escaped = terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})`, 'iu');
}

function excerpt(source: string, words: RegExp): string {
  const flat = source.replace(/\s+/g, ' ');
  const place = words.exec(flat)?.index ?? 0;
  const start = place > BEFORE ? flat.indexOf(' ', place - BEFORE) + 1 : 0;
  const space = flat.lastIndexOf(' ', start + EXCERPT);
  const cut = space > start ? space : start + EXCERPT;
  const end = flat.length > start + EXCERPT ? cut : flat.length;
  return `${start > 0 ? '…' : ''}${flat.slice(start, end)}${end < flat.length ? ' …' : ''}`;
}

function pieces(text: string, words: RegExp): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(new RegExp(words.source, 'giu'))) {
    if (match.index > end) found.push({ text: text.slice(end, match.index), found: false });
    end = match.index + match[0].length;
    found.push({ text: match[0], found: true });
  }
  if (end < text.length) found.push({ text: text.slice(end), found: false });
  return found;
}
