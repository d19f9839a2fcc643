/** What was stored, which somebody may have changed by hand. */

/** The fields of a JSON object; none where `text` is something else. */
export function asFields(text: string | null): Record<string, unknown> {
  if (text === null) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
