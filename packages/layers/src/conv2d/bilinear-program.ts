// The programs of the kernels `combine`, `bilinearWeights` and `bilinearWeightGradient`; their files have the
// layouts.
import type { Term } from './bilinear-axis.ts';
import type { BilinearScheme, Product } from './bilinear-scheme.ts';

/** Where a position of the first channel is, and the distance to that of the next channel. */
type Spot = readonly [offset: number, stride: number];

/** The channels of one side of the products, and the positions of their maps. */
export interface Maps {
  readonly channels: number;
  readonly size: readonly [number, number];
  /** Which terms of a product are positions of these maps. */
  readonly terms: 'inputs' | 'outputs';
  /** Bytes of a position. */
  readonly laneBytes: number;
}

/** Rows of sums: one for each product and channel. */
export function sumRows({ products }: BilinearScheme, channels: number): number {
  return products.length * channels;
}

/** From maps to the sums that the products take, which are `rowBytes` apart. */
export function spreadProgram(scheme: BilinearScheme, maps: Maps, rowBytes: number): Int32Array {
  return remembered(scheme, `spread ${rowBytes} ${keyOf(maps)}`, () =>
    createSpread(scheme, maps, rowBytes),
  );
}

function createSpread(scheme: BilinearScheme, maps: Maps, rowBytes: number): Int32Array {
  const spotOf = sumSpots(scheme, maps.channels, rowBytes);
  const rows = scheme.products.map((product) => {
    const sources = product[maps.terms].map(({ position, sign }) => ({
      spot: mapSpot(maps, position),
      sign,
    }));
    return { to: spotOf(product), sources };
  });
  return combineProgram(rows);
}

/** From products to maps. */
export function gatherProgram(scheme: BilinearScheme, maps: Maps): Int32Array {
  return remembered(scheme, `gather ${keyOf(maps)}`, () => createGather(scheme, maps));
}

function createGather(scheme: BilinearScheme, maps: Maps): Int32Array {
  const spotOf = sumSpots(scheme, maps.channels, maps.laneBytes);
  const rows = Array.from({ length: maps.size[0] * maps.size[1] }, (_, position) => {
    const sources: Source[] = [];
    return { to: mapSpot(maps, position), sources };
  });
  for (const product of scheme.products) {
    const spot = spotOf(product);
    for (const { position, sign } of product[maps.terms]) {
      rows[position].sources.push({ spot, sign });
    }
  }
  return combineProgram(rows);
}

/** Programs by scheme: shards and sections of one size share them, and they take long to make. */
const programs = new WeakMap<BilinearScheme, Map<string, Int32Array>>();

function remembered(scheme: BilinearScheme, key: string, create: () => Int32Array): Int32Array {
  const ofScheme = programs.get(scheme) ?? new Map<string, Int32Array>();
  programs.set(scheme, ofScheme);
  const program = ofScheme.get(key) ?? create();
  ofScheme.set(key, program);
  return program;
}

function keyOf({ channels, size, terms, laneBytes }: Maps): string {
  return `${terms} ${[channels, ...size, laneBytes].join(' ')}`;
}

function mapSpot({ size, laneBytes }: Maps, position: number): Spot {
  return [position * laneBytes, size[0] * size[1] * laneBytes];
}

// Plane after plane; in a plane, channel after channel.
function sumSpots({ positions }: BilinearScheme, channels: number, rowBytes: number) {
  let before = 0;
  const starts = positions.map((count) => {
    const start = before;
    before += count;
    return start;
  });
  return ({ plane, index }: Product): Spot => [
    (starts[plane] * channels + index) * rowBytes,
    positions[plane] * rowBytes,
  ];
}

interface Source {
  readonly spot: Spot;
  readonly sign: Term['sign'];
}

interface CombineRow {
  readonly to: Spot;
  readonly sources: readonly Source[];
}

// Positions with equal numbers of added and of subtracted sources are a group.
function combineProgram(rows: readonly CombineRow[]): Int32Array {
  const groups = new Map<string, number[][]>();
  for (const { to, sources } of rows) {
    const plus = sources.filter(({ sign }) => sign === 1);
    const minus = sources.filter(({ sign }) => sign === -1);
    const spots = [...plus, ...minus].flatMap(({ spot }) => spot);
    const counts = [plus.length, minus.length];
    const group = groups.get(counts.join()) ?? [[0, ...counts]];
    group[0][0]++;
    group.push([...to, ...spots]);
    groups.set(counts.join(), group);
  }
  return Int32Array.from([groups.size, ...[...groups.values()].flat(2)]);
}

/** Planes of weights from taps. */
export function weightsProgram(scheme: BilinearScheme): Int32Array {
  return remembered(scheme, 'weights', () => factorProgram(scheme.taps));
}

/** Taps from planes. */
export function weightGradientProgram(scheme: BilinearScheme): Int32Array {
  const { taps } = scheme;
  return remembered(scheme, 'weight gradient', () =>
    factorProgram(taps[0].map((_, tap) => taps.map((plane) => plane[tap]))),
  );
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
