// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Drafts, fingerprint } from './drafts';

beforeEach(() => {
  localStorage.clear();
  vi.restoreAllMocks();
});

describe('drafts', () => {
  it('come back', () => {
    new Drafts('page/cell', 'original').write('mine');
    expect(new Drafts('page/cell', 'original').read()).toMatchObject({
      code: 'mine',
      outdated: false,
    });
  });

  it('of one cell are not those of another', () => {
    new Drafts('page/a', 'x').write('mine');
    expect(new Drafts('page/b', 'x').read()).toBeNull();
  });

  it('are outdated when the original has changed', () => {
    new Drafts('page/cell', 'old').write('mine');
    expect(new Drafts('page/cell', 'new').read()).toMatchObject({ code: 'mine', outdated: true });
  });

  it('that equal the original are forgotten', () => {
    const drafts = new Drafts('page/cell', 'original');
    drafts.write('mine');
    drafts.write('original');
    expect(drafts.read()).toBeNull();
    expect(localStorage.length).toBe(0);
  });

  it('that are damaged are none', () => {
    localStorage.setItem('backprop-playground:draft:k', '{"code": 3}');
    expect(new Drafts('k', '').read()).toBeNull();
    localStorage.setItem('backprop-playground:draft:k', 'no JSON');
    expect(new Drafts('k', '').read()).toBeNull();
  });

  it('say when they cannot be kept', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    expect(new Drafts('k', '').write('mine')).toBe(false);
  });
});

it('fingerprints tell texts apart', () => {
  expect(fingerprint('a')).not.toBe(fingerprint('b'));
  expect(fingerprint('')).toMatch(/^[0-9a-f]{8}$/);
});
