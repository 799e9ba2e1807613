import { html, raw, type Html } from '../html/html.ts';
import type { Text } from '../text/text.ts';

/** Attributes of Vega's SVG that mean nothing, or something else, inside a page. */
const superfluous =
  / (?:xmlns(?::xlink)?|version|class|role|aria-[a-z]+|font-family|pointer-events)="[^"]*"/g;

/** Class names of a layer that a script may show in place of another: see `smoothing.ts`. */
const windows = / class="[^"]*\bwindow_(\d+)(_shown)?_marks\b[^"]*"/g;

const geometry = / (?:d|transform|[xy]2?)="[^"]*"/g;

/**
 * SVG as Vega writes it, made fit for a page: an image with alternative text, ids that start with
 * the prefix and are numbered, coordinates to a hundredth of a pixel.
 */
export function embedSvg(svg: string, prefix: string, alt: Text | string): Html {
  const plain = svg
    .replace(windows, (_, steps: string, shown?: string) =>
      shown ? ` data-window="${steps}"` : ` data-window="${steps}" display="none"`,
    )
    .replace(superfluous, '')
    .replace(/ opacity="1"/g, '')
    .replace(/<path d="" display="none"\/>/g, '')
    .replace(geometry, (attribute) => attribute.replace(/-?\d+\.\d{3,}/g, shorten));
  const ids = [...plain.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
  const named = ids.reduce(
    (text, id, index) =>
      text
        .replaceAll(` id="${id}"`, ` id="${prefix}-${index}"`)
        .replaceAll(`url(#${id})`, `url(#${prefix}-${index})`),
    plain,
  );
  return html`<svg role="img" aria-label="${alt}"${raw(named.slice('<svg'.length))}`;
}

function shorten(number: string): string {
  return String(Number(Number(number).toFixed(2)));
}
