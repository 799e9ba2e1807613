import type { Text } from '../text/text.ts';
import { padding } from './frame.ts';
import { palette } from './palette.ts';
import { labelOffsets, type Point } from './series.ts';

/** Version of vega-lite's language that the specs are written in. */
export const schema = 'https://vega.github.io/schema/vega-lite/v6.json';

/** A named line of a chart. */
export interface Line {
  name: Text | string;
  color: string;
  points: Point[];
  /** Marks each point, for lines of few. */
  dots: boolean;
  /** Lengths of dashes and gaps; a whole line without. */
  dash?: number[] | undefined;
  /** Name of its layer, where a script finds it by one. */
  layer?: string;
}

/**
 * Layers of some lines: each line, its dots, and its name at its end instead of a legend.
 *
 * @param height Height of the whole chart in pixels.
 * @param place Height of a value as a fraction of the plot's, to keep the names apart.
 */
export function lineLayers(
  lines: readonly Line[],
  encoding: { x: object; y: object },
  height: number,
  place: (y: number) => number,
): object[] {
  const ends = lines.map(({ points }) => place(points[points.length - 1].y));
  const offsets = labelOffsets(ends, height - padding.top - padding.bottom);
  return lines.flatMap(({ name, color, points, dots, dash, layer }, k) => {
    const values = points.map((point) => ({ ...point, series: name }));
    const stroke = { strokeWidth: 1.8, ...(dash === undefined ? {} : { strokeDash: dash }) };
    const named = layer === undefined ? { curve: name } : { curve: name, name: layer };
    const line = { ...named, data: { values }, mark: { type: 'line', color, ...stroke }, encoding };
    const dot = {
      curve: name,
      data: { values },
      encoding,
      mark: { type: 'point', filled: true, opacity: 1, size: 28, color },
    };
    const label = {
      curve: name,
      data: { values: values.slice(-1) },
      mark: { type: 'text', align: 'left', dx: dots ? 11 : 7, dy: Math.round(offsets[k]), color },
      encoding: { ...encoding, text: { field: 'series' } },
    };
    return dots ? [line, dot, label] : [line, label];
  });
}

/** A ring around the best point of the line `curve` of the test set. */
export function ringAround(
  point: Point,
  encoding: { x: object; y: object },
  curve: Text | string,
): object {
  const ring = { type: 'point', size: 130, strokeWidth: 1.6, filled: false };
  const mark = { ...ring, color: palette.blue.light };
  return { curve, data: { values: [point] }, mark, encoding };
}
