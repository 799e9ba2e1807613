// The programs of the kernels `combine`, `bilinearWeights` and `bilinearWeightGradient`; their files have the
// layouts.
import type { Term } from './bilinear-axis.ts';
import type { BilinearScheme, Product } from './bilinear-scheme.ts';

/** Where a position of a channel is, and how far that of the next channel. */
type Spot = readonly [offset: number, stride: number];

/** Bytes of all products of `channels`. */
export function productBytes({ products }: BilinearScheme, channels: number, lanes: number): number {
  return products.length * channels * lanes * 4;
}

/** From a map of `size` positions to products: by their inputs, or by their outputs for gradients. */
export function spreadProgram(
  scheme: BilinearScheme,
  terms: 'inputs' | 'outputs',
  size: number,
  channels: number,
  lanes: number,
): Int32Array {
  const spotOf = productSpots(scheme, channels, lanes);
  const rows = scheme.products.map((product) => {
    const sources = product[terms].map((term) => ({
      spot: mapSpot(term.position, size, lanes),
      sign: term.sign,
    }));
    return { to: spotOf(product), sources };
  });
  return combineProgram(rows);
}

/** From products to a map of `size` positions. */
export function gatherProgram(
  scheme: BilinearScheme,
  terms: 'inputs' | 'outputs',
  size: number,
  channels: number,
  lanes: number,
): Int32Array {
  const spotOf = productSpots(scheme, channels, lanes);
  const rows = Array.from({ length: size }, (_, position) => {
    const sources = scheme.products.flatMap((product) =>
      product[terms]
        .filter((term) => term.position === position)
        .map(({ sign }) => ({ spot: spotOf(product), sign })),
    );
    return { to: mapSpot(position, size, lanes), sources };
  });
  return combineProgram(rows);
}

function mapSpot(position: number, size: number, lanes: number): Spot {
  return [position * lanes * 4, size * lanes * 4];
}

// A plane after the other; in it a channel after the other.
function productSpots(scheme: BilinearScheme, channels: number, lanes: number) {
  let before = 0;
  const starts = scheme.positions.map((count) => {
    const start = before;
    before += count;
    return start;
  });
  return ({ plane, index }: Product): Spot => [
    (starts[plane] * channels + index) * lanes * 4,
    scheme.positions[plane] * lanes * 4,
  ];
}

interface CombineRow {
  readonly to: Spot;
  readonly sources: readonly { readonly spot: Spot; readonly sign: Term['sign'] }[];
}

function combineProgram(rows: readonly CombineRow[]): Int32Array {
  const words = rows.flatMap(({ to, sources }) => {
    const plus = sources.filter(({ sign }) => sign === 1);
    const minus = sources.filter(({ sign }) => sign === -1);
    const spots = [...plus, ...minus].flatMap(({ spot }) => spot);
    return [...to, plus.length, minus.length, ...spots];
  });
  return Int32Array.from([rows.length, ...words]);
}

/** Planes of weights from taps. */
export function weightsProgram({ taps }: BilinearScheme): Int32Array {
  return factorProgram(taps);
}

/** Taps from planes. */
export function weightGradientProgram({ taps }: BilinearScheme): Int32Array {
  return factorProgram(taps[0].map((_, tap) => taps.map((plane) => plane[tap])));
}

function factorProgram(results: readonly (readonly number[])[]): Int32Array {
  const words = results.flatMap((factors) => {
    const used = factors.flatMap((factor, index) => (factor === 0 ? [] : [{ factor, index }]));
    return [used.length, ...used.flatMap(({ factor, index }) => [index, floatBits(factor)])];
  });
  return Int32Array.from(words);
}

function floatBits(value: number): number {
  return new Int32Array(Float32Array.of(value).buffer)[0];
}
