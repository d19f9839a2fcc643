/** What diagrams carry in their data attributes: made by a learner's code, so never taken on trust. */

/** A whole number of at most nine digits, or null. */
export function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
