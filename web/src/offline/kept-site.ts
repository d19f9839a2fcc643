/** What the service worker keeps: the files of one build, each with the hash of its content. */

export interface KeptSite {
  /** A hash of all of them. */
  build: string;
  /** SHA-256 in hexadecimal, by the files' addresses below the site's root. */
  files: Record<string, string>;
}

/** Begins the names of the caches of the site below `root`; its neighbours on one host share the origin. */
export function cachePrefix(root: string): string {
  return `backprop-playground ${root} `;
}

/**
 * The file that a URL means, as a static host finds it; null for what is not below the site's root.
 *
 * @param origin and root of the site; the root's path ends with a slash.
 */
export function addressOf(url: string, origin: string, root: string): string | null {
  const { origin: asked, pathname } = new URL(url);
  if (asked !== origin || !pathname.startsWith(root)) return null;
  const address = pathname.slice(root.length);
  return address === '' || address.endsWith('/') ? `${address}index.html` : address;
}

/** Whether the content of an address never changes, since the address carries its hash. */
export function isImmutable(address: string): boolean {
  return /^(assets|runtime)\//.test(address);
}

/** The caches of this site that the build needs no more: all but its own and the one before it. */
export function outdated(names: readonly string[], prefix: string, own: string): string[] {
  const others = names.filter((name) => name.startsWith(prefix) && name !== own);
  // Tabs that show the build before may still load files of it.
  return others.slice(0, -1);
}
