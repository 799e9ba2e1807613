// The data that a page's script needs to tell values: they stand in `usermeta` of a chart's spec, which Vega ignores.
import type { Text } from '../text/text.ts';

/** How a value is written. */
export type ValueFormat = 'count' | 'number' | 'percent';

/** How a place on the horizontal axis is told. */
export interface Place {
  /** `#` stands for the number. */
  text: Text | string;
  format: ValueFormat;
  /** Steps in a unit of the axis, an epoch: then the step is told, too. */
  stepsPerUnit?: number;
}

/** How places and values of a chart's curves are told. */
export interface Readout {
  place: Place;
  format: ValueFormat;
}

/**
 * The words of a bar: `{field}` stands for a field of its data, `{field:percent}` for it in a format; `percent1` has
 * one decimal.
 */
export interface BarWords {
  at: Text | string;
  said: Text | string;
}

/** A layer of a spec, with what is told of it. */
export interface ToldLayer {
  /** Name of the curve that the layer belongs to: line, dots, name and ring of a curve are one. */
  curve?: Text | string;
  /** Whether the line has a point for each step. */
  isEachStep?: boolean;
  bar?: BarWords;
}

/** A curve that can be switched off. */
export interface Curve {
  name: Text | string;
  color: string;
  /** Thickness of its line in pixels. */
  width: number;
  dash?: readonly number[];
  /** Places of its layers in the spec. */
  layers: number[];
  isEachStep?: true;
}

/** `usermeta` of a spec. */
export interface ChartMeta extends Readout {
  curves: Curve[];
  bars: ({ layer: number } & BarWords)[];
  /** The range of each axis: its ends, or the values of an axis of rows. */
  domains: { x: readonly number[]; y: readonly number[] };
  /** The spec's texts in Korean. */
  korean: Record<string, string>;
}

interface LineLook {
  color?: string;
  strokeWidth?: number;
  strokeDash?: readonly number[];
}

interface DrawnLayer {
  name?: string;
  mark?: unknown;
}

/** The layers as Vega-Lite takes them, named by their curves, and what is told of them. */
export function splitLayers(layers: readonly object[]) {
  const curves: Curve[] = [];
  const bars: ChartMeta['bars'] = [];
  const drawn = layers.map((layer: ToldLayer & DrawnLayer, at) => {
    const { curve: name, isEachStep = false, bar, ...rest } = layer;
    if (bar !== undefined) bars.push({ layer: at, ...bar });
    if (name === undefined) return rest;
    const key = JSON.stringify(name);
    let own = curves.findIndex((curve) => JSON.stringify(curve.name) === key);
    if (own === -1) own = curves.push({ name, ...lookOf(layer.mark), layers: [] }) - 1;
    curves[own].layers.push(at);
    if (isEachStep) curves[own].isEachStep = true;
    const window = rest.name === undefined ? '' : `_${rest.name}`;
    return { ...rest, name: `curve_${own}_${at}${window}` };
  });
  return { drawn, curves, bars };
}

function lookOf(mark: unknown): Pick<Curve, 'color' | 'dash' | 'width'> {
  const { color = '', strokeWidth: width = 2, strokeDash: dash } = mark as LineLook;
  return dash === undefined ? { color, width } : { color, width, dash };
}
