// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Drafts, fingerprint } from './drafts';
import { MOST_VERSIONS } from './versions';

beforeEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
});

function drafts(key: string, original: string, onTheirs = (): void => undefined): Drafts {
  return new Drafts(key, original, onTheirs, () => undefined);
}

/** What the browser tells every other tab. */
function tell(key: string): void {
  dispatchEvent(new StorageEvent('storage', { key: `backprop-playground:${key}` }));
}

const codes = (kept: Drafts): string[] => kept.versions.all.map(({ code }) => code);

describe('drafts', () => {
  it('come back', () => {
    drafts('page/cell', 'original').write('mine', '');
    expect(drafts('page/cell', 'original').read()).toMatchObject({ code: 'mine', outdated: false });
  });

  it('of one cell are not those of another', () => {
    drafts('page/a', 'x').write('mine', '');
    expect(drafts('page/b', 'x').read()).toBeNull();
  });

  it('are outdated when the original has changed', () => {
    drafts('page/cell', 'old').write('mine', '');
    expect(drafts('page/cell', 'new').read()).toMatchObject({ code: 'mine', outdated: true });
  });

  it('that equal the original are forgotten', () => {
    const kept = drafts('page/cell', 'original');
    kept.write('mine', '');
    kept.write('original', '');
    expect(kept.read()).toBeNull();
    expect(localStorage.length).toBe(0);
  });

  it('that are damaged are none', () => {
    for (const damaged of ['{"code": 3}', 'no JSON', 'null', '3', '[]']) {
      localStorage.setItem('backprop-playground:draft:k', damaged);
      expect(drafts('k', '').read()).toBeNull();
    }
  });

  it('that cannot be stored last as long as the page, which asks before it is left', () => {
    const leave = (): boolean => dispatchEvent(new Event('beforeunload', { cancelable: true }));
    expect(leave()).toBe(true);
    const setItem = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const kept = drafts('k', '');
    kept.write('mine', '');
    expect(kept.isStored).toBe(false);
    expect(drafts('k', '').read()?.code).toBe('mine');
    expect(leave()).toBe(false);
    // There is room again.
    setItem.mockRestore();
    kept.write('mine too', '');
    expect(kept.isStored).toBe(true);
    expect(leave()).toBe(true);
  });
});

describe('two tabs', () => {
  it('hear of each other', () => {
    const heard = vi.fn();
    const kept = drafts('k', '', heard);
    tell('draft:other');
    tell('draft:k2');
    expect(heard).not.toHaveBeenCalled();
    tell('draft:k');
    expect(heard).toHaveBeenCalledOnce();
    kept.close();
    tell('draft:k');
    expect(heard).toHaveBeenCalledOnce();
  });

  it('hear of each other when one was asleep', () => {
    const heard = vi.fn();
    drafts('k', '', heard);
    dispatchEvent(new Event('pageshow'));
    expect(heard).not.toHaveBeenCalled();
    drafts('k', '').write('of the other', '');
    dispatchEvent(new Event('pageshow'));
    expect(heard).toHaveBeenCalledOnce();
  });

  it('that overwrite each other without a word keep both', () => {
    const [one, other] = [drafts('k', ''), drafts('k', '')];
    one.write('of the one', '');
    other.write('of the other', '');
    expect(other.read()?.code).toBe('of the other');
    expect(codes(drafts('k', ''))).toEqual(['of the one']);
    other.write('of the other, and more', '');
    expect(codes(drafts('k', ''))).toEqual(['of the one']);
  });

  it('keep what is only in one of them while the other writes', () => {
    const [one, other] = [drafts('k', ''), drafts('k', '')];
    one.write('of the one', '');
    one.follow();
    other.write('of the other', '');
    one.setApart('of the one, longer', '');
    one.setApart('of the one, longer still', '');
    expect(codes(drafts('k', '')).sort()).toEqual(['of the one', 'of the one, longer still']);
  });
});

describe('versions', () => {
  it('are kept by the newest first, each code once', () => {
    const kept = drafts('k', 'original');
    let time = 1000;
    vi.spyOn(Date, 'now').mockImplementation(() => time++);
    for (const code of ['a', 'b', 'a', 'original', ' \n']) {
      kept.keep({ code, why: 'reset', opened: '' });
    }
    expect(codes(kept)).toEqual(['a', 'b']);
    expect(codes(drafts('k', 'original'))).toEqual(['a', 'b']);
  });

  it('of texts whose names begin likewise are apart', () => {
    drafts('page/c', '').keep({ code: 'a', why: 'reset', opened: '' });
    expect(codes(drafts('page/c1', ''))).toEqual([]);
    expect(codes(drafts('page/', ''))).toEqual([]);
  });

  it('are so many at most', () => {
    const kept = drafts('k', '');
    for (let n = 0; n < MOST_VERSIONS + 5; n++)
      kept.keep({ code: `${n}`, why: 'open', opened: '' });
    expect(codes(kept)).toHaveLength(MOST_VERSIONS);
    expect(codes(kept)).toContain(`${MOST_VERSIONS + 4}`);
  });

  it('that were kept before there were several are found', () => {
    const stored = JSON.stringify({ code: 'mine', why: 'open' });
    localStorage.setItem('backprop-playground:kept:k', stored);
    const kept = drafts('k', '');
    expect(kept.versions.all).toMatchObject([{ code: 'mine', why: 'open', opened: '' }]);
    kept.versions.forget(kept.versions.all[0]?.id ?? 'none');
    expect(localStorage.length).toBe(0);
  });

  it('that are damaged are none', () => {
    for (const [n, damaged] of ['x', '{}', '{"code":"a","why":"<b>"}', '{"code":1}'].entries()) {
      localStorage.setItem(`backprop-playground:kept:k:${n}`, damaged);
    }
    expect(codes(drafts('k', ''))).toEqual([]);
  });
});

it('fingerprints tell texts apart', () => {
  expect(fingerprint('a')).not.toBe(fingerprint('b'));
  expect(fingerprint('')).toMatch(/^[0-9a-f]{8}$/);
});
