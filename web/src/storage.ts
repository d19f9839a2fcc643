/** Local storage that may be full, forbidden or absent: then nothing is kept, and nothing breaks. */

// Every project page of one user shares an origin on GitHub Pages.
const PREFIX = 'backprop-playground:';

export function load(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

/** Returns whether the text was kept. */
export function save(key: string, text: string): boolean {
  try {
    localStorage.setItem(PREFIX + key, text);
    return true;
  } catch {
    return false;
  }
}

export function forget(key: string): void {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // There was nothing to forget.
  }
}

/** Calls `listener` when another tab changes `key`; returns how to stop listening. */
export function onChange(key: string, listener: () => void): () => void {
  const receive = (event: StorageEvent): void => {
    if (event.key === PREFIX + key) listener();
  };
  addEventListener('storage', receive);
  return () => {
    removeEventListener('storage', receive);
  };
}
