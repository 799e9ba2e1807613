// The best filter by trying all of them: one convolution with as many filters.
import { highest } from '@convbook/core';
import { conv2d, maxPool2d, relu, resolveModel } from '@convbook/layers';
import { forward } from '@convbook/runtime/network';
import { pixelsOf, side, type Digit } from './digits.ts';
import { filterSide } from './filters.ts';

/** Two digits that a filter tells apart. */
export interface Game {
  /** The digit to answer to. */
  readonly found: Digit;
  /** The digit to be silent at. */
  readonly other: Digit;
  readonly bias: number;
}

/** The values that a weight of the game can have. */
const values = [-1, 0, 1];
const size = filterSide ** 2;

/** How many filters there are with these values. */
export const filterCount = values.length ** size;

/**
 * Scores of filters: how much more the pooled answer to one digit is than that to the other.
 *
 * @param weights Nine of each filter, `[filters, 3, 3]`.
 */
export function scoresOf(
  module: WebAssembly.Module,
  { found, other, bias }: Game,
  weights: Float32Array,
): Float32Array {
  const count = weights.length / size;
  const layers = [
    conv2d({ filters: count, kernelSize: filterSide }),
    relu(),
    maxPool2d({ size: 2 }),
  ];
  const model = resolveModel({ input: [1, side, side], layers });
  const parameters = new Map([
    ['conv1.weight', weights],
    ['conv1.bias', new Float32Array(count).fill(bias)],
  ]);
  const x = Float32Array.from([found, other].flatMap(pixelsOf));
  const y = forward({ module, model, parameters }, x);
  const half = y.length / 2;
  const scores = new Float32Array(count);
  for (let k = 0; k < half; k++) scores[Math.floor((k * count) / half)] += y[k] - y[half + k];
  return scores;
}

export interface Best {
  readonly weights: readonly number[];
  readonly score: number;
  /** Filters that have this score. */
  readonly count: number;
}

const searched = new Map<string, Best>();

/** The first of the filters with the highest score; searched once for each game. */
export function bestFilter(module: WebAssembly.Module, game: Game): Best {
  const key = JSON.stringify(game);
  const best = searched.get(key) ?? search(module, game);
  searched.set(key, best);
  return best;
}

function search(module: WebAssembly.Module, game: Game): Best {
  const weights = everyFilter();
  const scores = scoresOf(module, game, weights);
  const score = highest(scores);
  const first = scores.indexOf(score) * size;
  const count = scores.reduce((all, one) => all + Number(one === score), 0);
  return { weights: [...weights.subarray(first, first + size)], score, count };
}

/** The filter of number n has the digits of n in base 3, the first weight the lowest. */
function everyFilter(): Float32Array<ArrayBuffer> {
  const weights = new Float32Array(filterCount * size);
  for (let n = 0; n < filterCount; n++) {
    let rest = n;
    for (let k = 0; k < size; k++) {
      weights[n * size + k] = values[rest % values.length];
      rest = Math.floor(rest / values.length);
    }
  }
  return weights;
}

/** A change of one weight. */
interface Change {
  /** Number of the weight. */
  readonly at: number;
  readonly value: number;
  /** After the change. */
  readonly score: number;
}

/** The change of one weight that raises the score most; null where none does. */
export function bestChange(
  module: WebAssembly.Module,
  game: Game,
  weights: readonly number[],
): Change | null {
  const changes = weights.flatMap((own, at) =>
    values.filter((value) => value !== own).map((value) => ({ at, value })),
  );
  const changed = changes.flatMap(({ at, value }) => weights.with(at, value));
  const [now, ...scores] = scoresOf(module, game, Float32Array.from([...weights, ...changed]));
  const score = highest(scores);
  return score > now ? { ...changes[scores.indexOf(score)], score } : null;
}
