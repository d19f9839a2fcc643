/** The hash by which a file is known to be whole. */

/**
 * @param sha256 in hexadecimal. Only a page from a safe origin can compute one.
 */
export async function hasHash(content: ArrayBuffer, sha256: string): Promise<boolean> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') === sha256;
}
