import { html, raw, type Html } from '../html/html.ts';
import type { Text } from '../text/text.ts';

/** Attributes of Vega's SVG that mean nothing, or something else, inside a page. */
const superfluous =
  / (?:xmlns(?::xlink)?|version|class|role|aria-[a-z]+|font-family|pointer-events)="[^"]*"/g;

/**
 * Class names of the marks of a curve, by which a script finds them (`readout.ts`), and of a layer that it
 * may show in place of another (`smoothing.ts`).
 */
const named =
  / class="[^"]*\b(?:curve_(?<curve>\d+)_\d+)?_?(?:window_(?<steps>\d+)(?<shown>_shown)?)?_marks\b[^"]*"/g;

const geometry = / (?:d|transform|[xy]2?)="[^"]*"/g;

/**
 * SVG as Vega writes it, made fit for a page: an image with alternative text, ids that start with
 * the prefix and are numbered, coordinates to a hundredth of a pixel.
 */
export function embedSvg(svg: string, prefix: string, alt: Text | string): Html {
  const plain = svg
    .replace(named, attributesOf)
    .replace(superfluous, '')
    .replace(/ opacity="1"/g, '')
    .replace(/<path d="" display="none"\/>/g, '')
    .replace(geometry, (attribute) => attribute.replace(/-?\d+\.\d{3,}/g, shorten));
  const ids = [...plain.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
  const renamed = ids.reduce(
    (text, id, index) =>
      text
        .replaceAll(` id="${id}"`, ` id="${prefix}-${index}"`)
        .replaceAll(`url(#${id})`, `url(#${prefix}-${index})`),
    plain,
  );
  return html`<svg role="img" aria-label="${alt}"${raw(renamed.slice('<svg'.length))}`;
}

function attributesOf(...match: unknown[]): string {
  const { curve, steps, shown } = match.at(-1) as Record<string, string | undefined>;
  const attributes = [
    curve !== undefined && ` data-curve="${curve}"`,
    steps !== undefined && ` data-window="${steps}"`,
    steps !== undefined && shown === undefined && ' display="none"',
  ];
  return attributes.filter((attribute) => attribute !== false).join('');
}

function shorten(number: string): string {
  return String(Number(Number(number).toFixed(2)));
}
