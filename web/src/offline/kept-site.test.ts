import { describe, expect, test } from 'vitest';
import { addressOf, cachePrefix, isImmutable, outdated } from './kept-site';

const ORIGIN = 'https://example.org';

describe('the file that a URL means', () => {
  test.each([
    ['https://example.org/course/', 'index.html'],
    ['https://example.org/course/?utm_source=chat#forward', 'index.html'],
    ['https://example.org/course/play/#1.abc', 'play/index.html'],
    ['https://example.org/course/play/index.html', 'play/index.html'],
    ['https://example.org/course/play', 'play'],
    ['https://example.org/course/assets/main-abc.js', 'assets/main-abc.js'],
  ])('%s', (url, address) => {
    expect(addressOf(url, ORIGIN, '/course/')).toBe(address);
  });

  test.each([
    'https://example.org/',
    'https://example.org/course',
    'https://example.org/courses/',
    'https://elsewhere.org/course/',
  ])('%s is none of this site', (url) => {
    expect(addressOf(url, ORIGIN, '/course/')).toBeNull();
  });
});

test('only files with a hash in their names never change', () => {
  expect(isImmutable('runtime/worker-abc.js')).toBe(true);
  expect(isImmutable('assets/main-abc.js')).toBe(true);
  expect(isImmutable('play/index.html')).toBe(false);
  expect(isImmutable('examples/assets/index.html')).toBe(false);
});

test('of earlier builds, the last one is kept, and neighbours are left alone', () => {
  const prefix = cachePrefix('/a/');
  const names = [`${prefix}1`, `${cachePrefix('/a/b/')}7`, `${prefix}2`, 'other', `${prefix}3`];
  expect(outdated(names, prefix, `${prefix}3`)).toEqual([`${prefix}1`]);
  expect(outdated([`${prefix}3`], prefix, `${prefix}3`)).toEqual([]);
});
