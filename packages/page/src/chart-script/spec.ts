/// <reference lib="dom" />
// A chart as the page has it: the spec that can be downloaded, read when the reader first comes to the chart.
import { find } from '../browser/find.ts';
import type { ChartMeta } from '../charts/readout.ts';
import type { WeightedPoint } from '../charts/series.ts';
import { readStepValues } from '../charts/step-values.ts';
import { fromBase64 } from '../text/base64.ts';
import { toText, type Text } from '../text/text.ts';

/** A row of a layer's data. */
export type Datum = Readonly<Record<string, number | string | null>>;

/** An encoding of a layer, as far as our charts use it. */
export interface Channel {
  field?: string;
  datum?: number;
  value?: number;
  type?: string;
  title?: string | null;
  scale?: {
    type?: string;
    zero?: boolean;
    domain?: readonly number[];
    paddingInner?: number;
    paddingOuter?: number;
  };
  axis?: { format?: string; tickCount?: number; grid?: boolean } | null;
}

/** The mark of a layer. */
export interface Mark {
  type: 'bar' | 'line' | 'point' | 'rule' | 'text';
  color: string;
  strokeWidth?: number;
  strokeDash?: readonly number[];
  opacity?: number;
  filled?: boolean;
  size?: number;
  align?: 'left';
  baseline?: 'middle';
  dx?: number;
  dy?: number;
  fontSize?: number;
  fontWeight?: number;
  binSpacing?: number;
}

/** A layer of a chart. */
export interface Layer {
  name?: string;
  data: { values: readonly Datum[] };
  mark: Mark;
  encoding: { x?: Channel; x2?: Channel; y?: Channel; text?: Channel };
}

/** A chart that answers. */
export interface ChartModel {
  readonly id: string;
  /** Height of the whole drawing in pixels. */
  readonly height: number;
  readonly layers: readonly Layer[];
  readonly meta: ChartMeta;
  /** The axes: of the first layer that has them. */
  readonly x: Channel;
  readonly y: Channel;
  /** Every step's value of the smoothed curve; null where the page has none. */
  readonly steps: readonly WeightedPoint[] | null;
  /** A text of the spec in both languages. */
  textOf(english: string): Text;
}

/** Reads a chart of the page whose spec says how to tell its values. */
export function readChart(part: HTMLElement): ChartModel {
  const { href } = find<HTMLAnchorElement>('a[download]', part);
  const text = new TextDecoder().decode(fromBase64(href.slice(href.indexOf(',') + 1)));
  const { layer: layers, usermeta: meta } = JSON.parse(text) as {
    layer: Layer[];
    usermeta: ChartMeta;
  };
  const channel = (name: 'x' | 'y') =>
    layers.find(({ encoding }) => encoding[name]?.type !== undefined)?.encoding[name] ?? {};
  return {
    id: part.dataset.chart ?? '',
    height: find<SVGSVGElement>('.chart svg', part).viewBox.baseVal.height,
    layers,
    meta,
    x: channel('x'),
    y: channel('y'),
    steps: stepsOf(part, meta),
    textOf: (english) => toText({ en: english, ko: meta.korean[english] ?? english }),
  };
}

function stepsOf(part: HTMLElement, { place }: ChartMeta): WeightedPoint[] | null {
  const template = part.querySelector<HTMLTemplateElement>('template[data-stride]');
  if (template === null) return null;
  const { stride, last } = template.dataset;
  return readStepValues(template.content.textContent, {
    stride: Number(stride),
    last: Number(last),
    stepsPerUnit: place.stepsPerUnit ?? 1,
  });
}
