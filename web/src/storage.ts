/** Local storage that may be full, forbidden or absent: then nothing breaks, and what matters stays in the page. */

// Every project page of one user shares an origin on GitHub Pages.
const PREFIX = 'backprop-playground:';

/** What must not get lost, and could not be stored: it lasts as long as the page. */
const unstored = new Map<string, string>();

export function load(key: string): string | null {
  const inPage = unstored.get(key);
  if (inPage !== undefined) return inPage;
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

/** Returns whether the text was stored. */
export function save(key: string, text: string): boolean {
  try {
    localStorage.setItem(PREFIX + key, text);
    return true;
  } catch {
    return false;
  }
}

/** As `save`, for what must not get lost: the page keeps what could not be stored, and asks before it is left. */
export function keep(key: string, text: string): boolean {
  const isStored = save(key, text);
  if (isStored) unstored.delete(key);
  else unstored.set(key, text);
  askBeforeLeaving();
  return isStored;
}

/** Whether nothing of this key is in the page alone. */
export function isStored(key: string): boolean {
  return !unstored.has(key);
}

export function forget(key: string): void {
  unstored.delete(key);
  askBeforeLeaving();
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // There was nothing to forget.
  }
}

/** The keys that begin so. */
export function keysOf(beginning: string): string[] {
  const keys = new Set(unstored.keys());
  try {
    for (let place = 0; place < localStorage.length; place++) {
      const key = localStorage.key(place);
      if (key?.startsWith(PREFIX) === true) keys.add(key.slice(PREFIX.length));
    }
  } catch {
    // Nothing is stored.
  }
  return [...keys].filter((key) => key.startsWith(beginning));
}

/** Calls `listener` when another tab changes a key that begins so; returns how to stop listening. */
export function onChange(beginning: string, listener: (key: string) => void): () => void {
  const receive = (event: StorageEvent): void => {
    if (event.key?.startsWith(PREFIX + beginning) === true) {
      listener(event.key.slice(PREFIX.length));
    }
  };
  addEventListener('storage', receive);
  return () => {
    removeEventListener('storage', receive);
  };
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/** Only while there is a reason: a page that may ask is not kept for the Back button. */
function askBeforeLeaving(): void {
  if (unstored.size > 0) addEventListener('beforeunload', ask);
  else removeEventListener('beforeunload', ask);
}
