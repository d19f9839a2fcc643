/** Sharing code: a link on the clipboard at once, and words about it. */

import { html, nothing, type TemplateResult } from 'lit';
import { siteRoot } from '../assets';
import { offerFile } from '../files';
import type { OutputMoment } from '../output/diagrams';
import { encode, LinkError } from './link';
import { wording } from '../wording';

/** Beyond this many characters some chats and mail programs cut a link. */
export const LONG_LINK = 2_000;

export interface ShareResult {
  /** The link, or in words why there is none. */
  url: string | LinkError;
  copied: boolean;
  /** What of a diagram the link carries, if anything. */
  moment: OutputMoment | null;
}

export async function share(code: string, moment: OutputMoment | null): Promise<ShareResult> {
  const url = new URL(`${siteRoot()}play/`, location.href);
  try {
    url.hash = await encode({ code, ...(moment !== null && { moment }) });
  } catch (error) {
    if (error instanceof LinkError) return { url: error, copied: false, moment: null };
    throw error;
  }
  try {
    await navigator.clipboard.writeText(url.href);
    return { url: url.href, copied: true, moment };
  } catch {
    return { url: url.href, copied: false, moment };
  }
}

export function download(code: string, name: string): void {
  offerFile(new Blob([code], { type: 'text/x-python' }), `${name}.py`);
}

function words({ step, node, open }: OutputMoment): string {
  const parts = [];
  if (step !== undefined) parts.push(`step ${step}`);
  if (node !== undefined) parts.push(`“${node}” selected`);
  if (open !== undefined)
    parts.push(`${open.map((each) => `“${each}”`).join(' and ') || 'nothing'} open`);
  return parts.join(', ');
}

/** What is said after Share was pressed. */
export function shareNotice(
  { url, copied, moment }: ShareResult,
  onWithoutMoment: () => void,
  onDownload: () => void,
  onClose: () => void,
): TemplateResult {
  if (url instanceof LinkError) {
    return html`<div class="notice is-problem">
      <p>${wording(url.message)}</p>
      <button type="button" @click=${onDownload}>Download as a file</button>
      <button type="button" class="quiet" @click=${onClose}>Close</button>
    </div>`;
  }
  return html`<div class="notice share-notice">
    <p>
      ${wording(copied ? 'The link is on the clipboard.' : 'Copy this link:')} Whoever opens it sees
      this code, and nothing runs before they press Run.
    </p>
    ${
      moment === null
        ? nothing
        : html`<p>
            After a run the diagram is at this very place (${wording(words(moment))}).
            <button type="button" class="quiet" @click=${onWithoutMoment}>Leave that out</button>
          </p>`
    }
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
