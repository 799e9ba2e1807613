/// <reference lib="dom" />
// The marks of a spec's layers, drawn where a part of a chart has them.
import { labelOffsets, thin, type Point } from '../charts/series.ts';
import type { CurveLine } from './curves.ts';
import { around, type Plot } from './plot.ts';
import type { Channel, ChartModel, Datum, Layer, Mark } from './spec.ts';
import { pathOf, svgElement } from './svg.ts';
import { textElement } from './text-element.ts';

/** How far the middle of a line of text is above its base, as a part of its size. */
const middleOfLine = 0.33;

/** Most groups of neighbouring points whose extremes a line goes through. */
const mostGroups = 350;

/** A line through the points that the plot shows. */
export function lineMark(
  points: readonly Point[],
  mark: Mark,
  { x, y, xDomain }: Plot,
): SVGElement {
  const shown = thin(around(points, xDomain), mostGroups);
  return svgElement('path', {
    d: pathOf(shown.map((point) => [x.toPixel(point.x), y.toPixel(point.y)])),
    stroke: mark.color,
    'stroke-width': mark.strokeWidth ?? 2,
    'stroke-dasharray': mark.strokeDash?.join(' ') ?? 'none',
    opacity: mark.opacity ?? 1,
  });
}

/** The marks of a layer that is no line, and no name of a curve. */
export function layerMarks(model: ChartModel, layer: Layer, plot: Plot): SVGElement[] {
  return layer.data.values.flatMap((datum) => {
    const drawn = makers[layer.mark.type](layer, datum, plot, model);
    return drawn === null ? [] : [drawn];
  });
}

type Maker = (layer: Layer, datum: Datum, plot: Plot, model: ChartModel) => SVGElement | null;

const makers: Readonly<Record<Mark['type'], Maker>> = {
  line: () => null,
  point({ mark, encoding }, datum, { x, y }) {
    const place = {
      cx: x.toPixel(valueOf(encoding.x, datum)),
      cy: y.toPixel(valueOf(encoding.y, datum)),
    };
    const radius = Math.sqrt((mark.size ?? 30) / Math.PI);
    const { color, strokeWidth = 2, filled = false } = mark;
    const look = filled ? { fill: color } : { stroke: color, 'stroke-width': strokeWidth };
    return svgElement('circle', { ...place, r: radius, ...look });
  },
  bar({ mark, encoding }, datum, { x, y, height, bandwidth }) {
    const [from, to] = endsOf(encoding, datum).map((value) => x.toPixel(value));
    const middle = y.toPixel(valueOf(encoding.y, datum));
    const gap = mark.binSpacing ?? 0;
    return svgElement('rect', {
      x: from + gap / 2,
      width: Math.max(0.5, to - from - gap),
      y: middle - bandwidth / 2,
      height: bandwidth === 0 ? height - middle : bandwidth,
      fill: mark.color,
      opacity: mark.opacity ?? 1,
    });
  },
  rule({ mark, encoding }, datum, { x, y, height }) {
    const isVertical = encoding.y === undefined;
    const [from, to] = endsOf(encoding, datum).map((value) => x.toPixel(value));
    const row = isVertical ? 0 : y.toPixel(valueOf(encoding.y, datum));
    return svgElement('line', {
      x1: from,
      x2: isVertical ? from : to,
      y1: row,
      y2: isVertical ? height : row,
      stroke: mark.color,
      'stroke-width': mark.strokeWidth ?? 1,
      'stroke-dasharray': mark.strokeDash?.join(' ') ?? 'none',
    });
  },
  text({ mark, encoding }, datum, { x, y, xDomain }, model) {
    const { value, field = '' } = encoding.x ?? {};
    const at = value ?? Number(datum[field]);
    if (value === undefined && (at < xDomain[0] || at > xDomain[1])) return null;
    const { fontSize: size = 12 } = mark;
    const words = model.textOf(String(datum[encoding.text?.field ?? '']));
    const place = {
      x: (value ?? x.toPixel(at)) + (mark.dx ?? 0),
      y: y.toPixel(valueOf(encoding.y, datum)) + (mark.dy ?? 0) + middleOfLine * size,
    };
    return textElement(words, {
      ...place,
      anchor: mark.align === 'left' ? 'start' : 'middle',
      color: mark.color,
      size,
      weight: mark.fontWeight ?? 400,
    });
  },
};

/** The value of a channel for a row of data. */
export function valueOf(channel: Channel | undefined, datum: Datum): number {
  return channel?.datum ?? Number(datum[channel?.field ?? '']);
}

/** Where a bar or rule begins and ends. */
export function endsOf({ x, x2 }: Layer['encoding'], datum: Datum): [low: number, high: number] {
  const a = valueOf(x, datum);
  const b = x2 === undefined ? a : valueOf(x2, datum);
  return [Math.min(a, b), Math.max(a, b)];
}

/** The names of curves at the right, where these leave the plot, kept apart. */
export function curveNames(
  curves: readonly CurveLine[],
  { x, y, xDomain, width, height }: Plot,
): SVGElement[] {
  const ends = curves.flatMap((curve) => {
    const last = around(curve.points, xDomain).findLast((point) => point.x <= xDomain[1]);
    return last === undefined ? [] : [{ curve, last }];
  });
  const shares = ends.map(({ last }) => 1 - y.toPixel(last.y) / height);
  const offsets = labelOffsets(shares, height);
  return ends.map(({ curve: { name, color }, last }, k) =>
    textElement(name, {
      x: Math.min(width, x.toPixel(last.x)) + 9,
      y: y.toPixel(last.y) + offsets[k] + 4,
      anchor: 'start',
      color,
    }),
  );
}
