import { describe, expect, it } from 'vitest';
import { Finder, type Section } from './find';

function section(url: string, parts: Partial<Section>): Section {
  return { url, title: 'A page', heading: '', text: '', code: '', ...parts };
}

const finder = new Finder([
  section('', { title: 'Understanding backpropagation', text: 'A teacher who marks homework.' }),
  section('#steps', { heading: 'The four steps', text: 'Forward, loss, backward, update.' }),
  section('#loop', { code: 'for step in range(3):\n    optimizer.zero_grad()\n' }),
  section('examples/xor/', { title: 'Exclusive or', text: `${'long '.repeat(60)}tanh here` }),
]);

const urls = (query: string): string[] => finder.find(query).map((each) => each.url);

describe('the search', () => {
  it('finds titles, headings, text and code', () => {
    expect(urls('exclusive')).toEqual(['examples/xor/']);
    expect(urls('four')).toEqual(['#steps']);
    expect(urls('homework')).toEqual(['']);
    expect(urls('zero_grad')).toEqual(['#loop']);
  });

  it('finds what begins so, and forgives a slip', () => {
    expect(urls('backprop')).toEqual(['']);
    expect(urls('exlusive')).toEqual(['examples/xor/']);
  });

  it('wants all words', () => {
    expect(urls('loss update')).toEqual(['#steps']);
    expect(urls('loss homework')).toEqual([]);
  });

  it('puts a heading before a mention', () => {
    const mention = section('a', { text: 'The gradient, and again the gradient.' });
    const heading = section('b', { heading: 'The gradient', text: 'Something.' });
    const [first] = new Finder([mention, heading]).find('gradient');
    expect(first?.url).toBe('b');
  });

  it('shows the place, with the word marked', () => {
    const [found] = finder.find('tanh');
    expect(found?.excerpt.filter((piece) => piece.found)).toEqual([{ text: 'tanh', found: true }]);
    const text = found?.excerpt.map((piece) => piece.text).join('') ?? '';
    expect(text.startsWith('…long')).toBe(true);
    expect(text.endsWith('tanh here')).toBe(true);
    expect(text.length).toBeLessThan(150);
  });

  it('cuts an excerpt between words', () => {
    const long = new Finder([section('a', { text: `one ${'abcdefg '.repeat(40)}` })]);
    const text = long
      .find('one')[0]
      ?.excerpt.map((piece) => piece.text)
      .join('');
    expect(text).toBe(`one ${'abcdefg '.repeat(17)}…`);
  });

  it.each(['', '   ', '(', '\\', '.*'])('takes %j as it is', (query) => {
    expect(urls(query)).toEqual([]);
  });
});
