/** A diagram as a file: SVG as it stands by itself, or PNG as the page shows it. */

import diagramCss from '../../../pysrc/backprop/viz/diagram.css?inline';
import { offerFile } from '../files';

/** Pixels of a PNG for each unit of the diagram. */
const SCALE = 2;

/** The page's tokens that the diagrams' style sheet uses. */
const TOKENS = new Set(Array.from(diagramCss.matchAll(/var\((--[\w-]+)/g), ([, name]) => name));

/** The diagram with its style sheet inside; `tokens` fixes the colours to those of the page now. */
function standalone(svg: SVGSVGElement, tokens: boolean): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const style = document.createElementNS('http://www.w3.org/2000/svg', 'style');
  let css = diagramCss;
  if (tokens) {
    const computed = getComputedStyle(svg);
    const fixed = [...TOKENS].map((name) => `${name}: ${computed.getPropertyValue(name ?? '')};`);
    css += `\nsvg { ${fixed.join(' ')} }`;
  }
  style.textContent = css;
  copy.prepend(style);
  return new XMLSerializer().serializeToString(copy);
}

/** The diagram's title as the name of a file. */
function fileName(svg: SVGSVGElement, suffix: string): string {
  const title = svg.querySelector(':scope > title')?.textContent ?? '';
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? ['diagram'];
  return `${words.slice(0, 8).join('-')}.${suffix}`;
}

/** Saves the drawing as it stands by itself; the page's marks are not in `svg`. */
export function saveSvg(svg: SVGSVGElement): void {
  const blob = new Blob([standalone(svg, false)], { type: 'image/svg+xml' });
  offerFile(blob, fileName(svg, 'svg'));
}

/** Rejects where the browser cannot draw the picture. */
export async function savePng(svg: SVGSVGElement): Promise<void> {
  const { width, height } = svg.viewBox.baseVal;
  const image = new Image();
  // A blob's address would be foreign to the page's policy.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(svg, true))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.fillStyle = getComputedStyle(svg).getPropertyValue('--raised') || '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  if (blob === null) throw new Error('no picture');
  offerFile(blob, fileName(svg, 'png'));
}
