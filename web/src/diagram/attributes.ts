/** What diagrams carry in their data attributes: made by a learner's code, so never taken on trust. */

import { DATA } from '../contract';

/** What an element carries under one of the names that it shares with the library. */
export function dataOf(element: Element | null, name: keyof typeof DATA): string | undefined {
  return element?.getAttribute(DATA[name]) ?? undefined;
}

/** A whole number of at most nine digits, or null. */
export function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
