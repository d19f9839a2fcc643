/** Words of the page that change while it is open. */

import type { DirectiveResult } from 'lit/directive.js';
import { keyed } from 'lit/directives/keyed.js';

/**
 * In a template: other words are another text node.
 *
 * A browser that translates puts elements of its own in the place of text nodes: who writes into the old
 * node would write into nothing, and Stop would go on being called by the translation of Run.
 */
export function wording(text: string): DirectiveResult {
  return keyed(text, text);
}
