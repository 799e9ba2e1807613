// The stops of the crosshair, and their values: places of curves, or bars.
import type { BarWords } from '../charts/readout.ts';
import { inLanguages, toText, type Text } from '../text/text.ts';
import { firstFrom, nearest, placesOf, type CurveLine } from './curves.ts';
import { endsOf, valueOf } from './marks.ts';
import type { Plot } from './plot.ts';
import type { Domain } from './scale.ts';
import type { ChartModel, Datum, Layer } from './spec.ts';
import { fillWords, formatValue, placeText } from './words.ts';

/** A curve's value. */
export interface ToldValue {
  readonly name: Text;
  readonly value: string;
  readonly curve: CurveLine;
  /** The place of the value where it is another than the crosshair's. */
  readonly elsewhere: Text | null;
  readonly x: number;
  readonly y: number;
}

/** The values at a stop. */
export interface Reading {
  readonly at: Text;
  readonly values: readonly ToldValue[];
  /** The words of a bar; null for curves. */
  readonly said: Text | null;
  readonly bar: Bar | null;
  /** The place on the horizontal axis. */
  readonly x: number;
}

/** A bar of a chart. */
export interface Bar {
  readonly layer: Layer;
  readonly datum: Datum;
  readonly words: BarWords;
}

/** The stops of a chart, in their order. */
export interface Stops {
  readonly count: number;
  /** The first and the last in a part of the axis. */
  range(part: Domain): [first: number, last: number];
  /** The stop nearest to a place in the plot, in pixels. */
  nearest(plot: Plot, x: number, y: number): number;
  read(stop: number): Reading;
}

/** The stops of what is shown. */
export function stopsOf(model: ChartModel, shown: readonly CurveLine[]): Stops {
  return model.meta.bars.length > 0 ? barStops(model) : curveStops(model, shown);
}

function curveStops({ meta, textOf }: ChartModel, shown: readonly CurveLine[]): Stops {
  const places = placesOf(shown);
  const from = (x: number) => firstFrom(places.length, (k) => places[k] >= x);
  const told = (curve: CurveLine, x: number): ToldValue => {
    const point = nearest(curve.points, x);
    const elsewhere = point.x === x ? null : placeText(meta, point.x, textOf);
    const value = formatValue(point.y, meta.format);
    return { name: nameOf(curve), value, curve, elsewhere, ...point };
  };
  return {
    count: places.length,
    range: ([low, high]) => [from(low), firstFrom(places.length, (k) => places[k] > high) - 1],
    nearest(plot, x) {
      const value = plot.x.toValue(x);
      const after = Math.min(places.length - 1, from(value));
      const before = Math.max(0, after - 1);
      return value - places[before] < places[after] - value ? before : after;
    },
    read(stop) {
      const x = places[stop];
      const values = shown.map((curve) => told(curve, x));
      return { at: placeText(meta, x, textOf), values, said: null, bar: null, x };
    },
  };
}

function nameOf({ name, smoothedOver }: CurveLine): Text {
  if (smoothedOver === null) return name;
  return {
    en: `${name.en}, mean of ${smoothedOver} steps`,
    ko: `${name.ko}(${smoothedOver}스텝의 평균)`,
  };
}

function barStops(model: ChartModel): Stops {
  const { meta, layers, textOf } = model;
  const isInRows = model.y.type === 'ordinal' || model.y.axis === null;
  const rowOf = ({ layer, datum }: Bar) => (isInRows ? valueOf(layer.encoding.y, datum) : 0);
  const middleOf = ({ layer, datum }: Bar) => {
    const [low, high] = endsOf(layer.encoding, datum);
    return (low + high) / 2;
  };
  const bars = meta.bars
    .flatMap(({ layer: k, ...words }) =>
      layers[k].data.values.map((datum): Bar => ({ layer: layers[k], datum, words })),
    )
    .sort((a, b) => rowOf(a) - rowOf(b) || middleOf(a) - middleOf(b));
  return {
    count: bars.length,
    range: () => [0, bars.length - 1],
    nearest(plot, x, y) {
      const distance = (bar: Bar) => {
        const [from, to] = endsOf(bar.layer.encoding, bar.datum).map((value) =>
          plot.x.toPixel(value),
        );
        const along = Math.max(0, from - x, x - to);
        const across = isInRows ? Math.abs(plot.y.toPixel(rowOf(bar)) - y) : 0;
        return across * plot.width + along;
      };
      const distances = bars.map(distance);
      return distances.reduce((best, own, k) => (own < distances[best] ? k : best), 0);
    },
    read(stop) {
      const bar = bars[stop];
      const filled = (words: Text | string) =>
        fillWords(textOf(toText(words).en), bar.datum, textOf);
      const [at, said] = [filled(bar.words.at), filled(bar.words.said)];
      return { at, said: trimmed(said), values: [], bar, x: middleOf(bar) };
    },
  };
}

function trimmed(text: Text): Text {
  return inLanguages((language) => text[language].trim());
}
