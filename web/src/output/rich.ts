/** Values as pictures or markup, each in an open shadow root, so that it cannot reach the page's look. */

import diagramCss from '../../../pysrc/backprop/viz/diagram.css?inline';
import marksCss from '../styles/diagram-marks.css?inline';
import richCss from '../styles/rich.css?inline';
import type { MimeBundle } from '../protocol';
import type { Namespace } from './markup/allowed';
import { readMarkup, Refusal } from './markup/read';

let sheets: CSSStyleSheet[] | null = null;

function sharedSheets(): CSSStyleSheet[] {
  sheets ??= [diagramCss, marksCss, richCss].map((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    return sheet;
  });
  return sheets;
}

/** A diagram of `backprop.viz` in an element, and where what belongs to it has its place. */
export function findDiagram(element: Element): SVGSVGElement | null {
  const within = element.shadowRoot ?? element;
  return within.querySelector<SVGSVGElement>('svg.backprop-diagram');
}

/** The element for the best representation that `bundle` offers; it takes a while, in which the page answers. */
export async function richElement(bundle: MimeBundle): Promise<HTMLElement> {
  const svg = bundle['image/svg+xml'];
  const html = bundle['text/html'];
  const png = bundle['image/png'];
  if (svg !== undefined) return markup(svg, 'svg');
  if (html !== undefined) return markup(html, 'html');
  if (png !== undefined) return picture(png, bundle['text/plain'] ?? 'Picture');
  const text = document.createElement('pre');
  text.className = 'py-text';
  text.textContent = `${bundle['text/plain'] ?? ''}\n`;
  return text;
}

async function markup(source: string, kind: Namespace): Promise<HTMLElement> {
  const host = document.createElement('div');
  host.className = 'py-rich';
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = sharedSheets();
  try {
    root.append(await readMarkup(source, kind));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refused(source, error.message);
  }
  return host;
}

function picture(base64: string, description: string): HTMLElement {
  const host = document.createElement('div');
  host.className = 'py-rich';
  const image = document.createElement('img');
  image.src = `data:image/png;base64,${base64}`;
  image.alt = description.slice(0, 200);
  host.append(image);
  return host;
}

function refused(source: string, reason: string): HTMLElement {
  const host = document.createElement('p');
  host.className = 'notice';
  host.append(`This result is too large to draw here. ${reason} `);
  const link = document.createElement('a');
  // As text: whatever opens the file runs nothing that is in it.
  link.href = URL.createObjectURL(new Blob([source], { type: 'text/plain' }));
  link.download = 'output.txt';
  link.textContent = 'Download it as text';
  host.append(link);
  return host;
}
