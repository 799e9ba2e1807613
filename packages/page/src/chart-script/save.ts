/// <reference lib="dom" />
// A drawing as a file of its own: as it is shown, in the colours of the theme and in one language.
import { find } from '../browser/find.ts';
import { svgElement } from './svg.ts';
import { textElement } from './text-element.ts';

/** Room for the title over the drawing, and how many pixels of a PNG a pixel becomes. */
const [titleHeight, sharpness] = [34, 2];

/** Hands the reader the shown drawing of a chart as a file. */
export async function saveDrawing(part: HTMLElement, format: string): Promise<void> {
  const svg = wholeDrawing(part);
  const text = new XMLSerializer().serializeToString(svg);
  const file = format === 'PNG' ? await toPng(svg, text) : new Blob([text], { type: svgType });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `${part.dataset.chart}.${format.toLowerCase()}`;
  link.click();
  // The browser has read the address by the next turn of the event loop.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const svgType = 'image/svg+xml';

/** The shown drawing with title and background, that needs nothing of the page. */
function wholeDrawing(part: HTMLElement): SVGSVGElement {
  const shown = [...part.querySelectorAll<SVGSVGElement>('.chart > svg')].find(
    (svg) => svg.getClientRects().length > 0,
  );
  if (shown === undefined)
    throw new Error('chart: expected a drawing that is shown, got none; save what is in view');
  const { width, height } = shown.viewBox.baseVal;
  const { color, fontFamily } = getComputedStyle(shown);
  const title = find<HTMLElement>('.chart-title > span', part).innerText;
  const size = { width, height: height + titleHeight };
  return svgElement(
    'svg',
    { ...size, viewBox: `0 0 ${size.width} ${size.height}`, 'font-family': fontFamily },
    [
      svgElement('rect', { ...size, fill: getComputedStyle(document.body).backgroundColor }),
      textElement(title, { x: 12, y: 22, anchor: 'start', color, size: 14, weight: 600 }),
      svgElement('g', { transform: `translate(0,${titleHeight})` }, [
        ...inPlainColors(shown).children,
      ]),
    ],
  );
}

/** A copy without what does not show, whose colours are the theme's. */
function inPlainColors(shown: SVGSVGElement): SVGSVGElement {
  const copy = shown.cloneNode(true) as SVGSVGElement;
  const copies = [...copy.querySelectorAll('*')];
  [...shown.querySelectorAll('*')].forEach((element, k) => {
    const style = getComputedStyle(element);
    const isShown = style.display !== 'none' && !element.matches('.crosshair');
    if (!isShown) copies[k].remove();
    for (const name of ['fill', 'stroke'] as const) {
      if (/^#/.test(element.getAttribute(name) ?? '')) copies[k].setAttribute(name, style[name]);
    }
  });
  return copy;
}

async function toPng(svg: SVGSVGElement, text: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:${svgType};charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = svg.width.baseVal.value * sharpness;
  canvas.height = svg.height.baseVal.value * sharpness;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no PNG'))), 'image/png'),
  );
}
