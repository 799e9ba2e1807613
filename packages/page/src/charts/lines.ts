import type { Run } from '../run/run.ts';
import type { Text } from '../text.ts';
import { padding } from './chart.ts';
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

/** The horizontal axis that all training charts share. */
export interface TimeAxis {
  /** Where a step or the end of an epoch lies. */
  ofStep(step: number): number;
  ofEpoch(epoch: number): number;
  /** Encoding channel of the axis. */
  channel: object;
}

/** Epochs, from 0 to where the run came; steps before the end of the first epoch. */
export function timeAxis({ stepsPerEpoch, steps, stepCount, epochs }: Run): TimeAxis {
  const last = steps.at(-1)?.step ?? 0;
  const perEpoch = stepsPerEpoch ?? stepCount;
  const inEpochs = epochs.length > 0 && perEpoch > 0;
  const unit = inEpochs ? perEpoch : 1;
  const end = inEpochs ? Math.max(last / perEpoch, epochs[epochs.length - 1].epoch) : last;
  const stride = Math.max(1, Math.ceil(end / 10));
  const values = Array.from({ length: Math.floor(end / stride) + 1 }, (_, k) => k * stride);
  return {
    ofStep: (step) => step / unit,
    ofEpoch: (epoch) => (epoch * perEpoch) / unit,
    channel: {
      field: 'x',
      type: 'quantitative',
      title: inEpochs ? { en: 'epoch', ko: '에폭' } : { en: 'step', ko: '스텝' },
      scale: { domain: [0, end], nice: false },
      axis: { values, format: ',.0f' },
    },
  };
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
    const named = layer === undefined ? {} : { name: layer };
    const line = { ...named, data: { values }, mark: { type: 'line', color, ...stroke }, encoding };
    const dot = {
      data: { values },
      encoding,
      mark: { type: 'point', filled: true, opacity: 1, size: 28, color },
    };
    const label = {
      data: { values: values.slice(-1) },
      mark: { type: 'text', align: 'left', dx: dots ? 11 : 7, dy: Math.round(offsets[k]), color },
      encoding: { ...encoding, text: { field: 'series' } },
    };
    return dots ? [line, dot, label] : [line, label];
  });
}

/** A ring around the best point of a line of the test set. */
export function ringAround(point: Point, encoding: { x: object; y: object }): object {
  const ring = { type: 'point', size: 130, strokeWidth: 1.6, filled: false };
  return { data: { values: [point] }, mark: { ...ring, color: palette.blue.light }, encoding };
}
