/** Sharing code: a link on the clipboard at once, and words about it. */

import { html, nothing, type TemplateResult } from 'lit';
import { siteRoot } from '../assets';
import { encode } from './link';

/** Beyond this many characters some chats and mail programs cut a link. */
export const LONG_LINK = 2_000;

export interface ShareResult {
  url: string;
  copied: boolean;
}

export async function share(code: string): Promise<ShareResult> {
  const url = new URL(`${siteRoot()}play/`, location.href);
  url.hash = await encode({ code });
  try {
    await navigator.clipboard.writeText(url.href);
    return { url: url.href, copied: true };
  } catch {
    return { url: url.href, copied: false };
  }
}

export function download(code: string, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([code], { type: 'text/x-python' }));
  link.download = `${name}.py`;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** What is said after Share was pressed. */
export function shareNotice(
  { url, copied }: ShareResult,
  onDownload: () => void,
  onClose: () => void,
): TemplateResult {
  return html`<div class="notice share-notice">
    <p>
      ${copied ? 'The link is on the clipboard.' : 'Copy this link:'} Whoever opens it sees this
      code, and nothing runs before they press Run.
    </p>
    ${
      copied
        ? nothing
        : html`<input
            class="share-link"
            aria-label="Link to this code"
            readonly
            .value=${url}
            @focus=${(event: FocusEvent) => {
              (event.target as HTMLInputElement).select();
            }}
          />`
    }
    ${
      url.length > LONG_LINK
        ? html`<p>
            It is long (${url.length.toLocaleString('en')} characters), and some chats cut long
            links.
          </p>`
        : nothing
    }
    <button type="button" class="quiet" @click=${onDownload}>Download as a file</button>
    <button type="button" class="quiet" @click=${onClose}>Close</button>
  </div>`;
}
