/// <reference lib="dom" />
import { find } from '../browser/find.ts';

/** A new SVG element with attributes and what is in it. */
export function svgElement<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string | number>> = {},
  children: readonly Node[] = [],
): SVGElementTagNameMap[K] {
  // The namespace of the drawings in the page: a page names no address.
  const { namespaceURI } = find<SVGSVGElement>('svg');
  const element = document.createElementNS(namespaceURI, name) as SVGElementTagNameMap[K];
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, shorten(value));
  for (const child of children) element.append(child);
  return element;
}

/** Coordinates to a hundredth of a pixel. */
function shorten(value: string | number): string {
  return typeof value === 'number' ? String(Math.round(value * 100) / 100) : value;
}

/** A path through points in pixels. */
export function pathOf(points: readonly (readonly [number, number])[]): string {
  return points.length === 0
    ? ''
    : `M${points.map(([x, y]) => `${shorten(x)},${shorten(y)}`).join('L')}`;
}
