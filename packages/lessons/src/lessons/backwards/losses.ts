// The loss where one number is another: what finite differences are taken of. Many values at once are one batch.
import { conv2d, dense } from '@convbook/layers';
import { lossKinds } from '@convbook/layers/kinds';
import type { Compute } from '../../figure/compute.ts';
import { lossOf } from '../../figure/loss-of.ts';
import { classes, pooledSide, runStages, side, type Numbers, type Part } from './network.ts';

/** One number of a part. */
export interface PartNumber {
  readonly part: Part;
  readonly index: number;
}

const entropy = lossKinds['softmax-cross-entropy'].defaults;

/** Which layer a number that is computed goes into. */
const entry = { input: 0, map: 1, activation: 2, pooled: 3, scores: 5 } as const;

/** The loss for each value that a number may have, all others as they are. */
export function lossesAt(
  compute: Compute,
  numbers: Numbers,
  label: number,
  { part, index }: PartNumber,
  old: readonly number[],
  values: readonly number[],
): number[] {
  const changed = values.map((value) => old.with(index, value));
  const scores = scoresOf(compute, numbers, part, changed);
  return values.map((_, n) => lossOf(entropy, scores.slice(n * classes, (n + 1) * classes), label));
}

/** @param changed The numbers of the part, once for each sample of the batch. */
function scoresOf(
  compute: Compute,
  numbers: Numbers,
  part: Part,
  changed: readonly (readonly number[])[],
): readonly number[] {
  const all = changed.flat();
  switch (part) {
    case 'filter':
    case 'filterBias': {
      // A filter for each sample: its map goes on as a sample of its own.
      const maps = compute.run(
        [1, side, side],
        [conv2d({ filters: changed.length, kernelSize: 2 })],
        numbers.input,
        {
          'conv1.weight': part === 'filter' ? all : changed.flatMap(() => numbers.filter),
          'conv1.bias': part === 'filterBias' ? all : changed.flatMap(() => numbers.filterBias),
        },
      );
      return runStages(compute, numbers, maps.values, 1);
    }
    case 'weights':
    case 'biases': {
      const pooled = runStages(compute, numbers, numbers.input, 0, 3);
      return compute.run([pooledSide ** 2], [dense({ units: changed.length * classes })], pooled, {
        'dense1.weight': part === 'weights' ? all : changed.flatMap(() => numbers.weights),
        'dense1.bias': part === 'biases' ? all : changed.flatMap(() => numbers.biases),
      }).values;
    }
    default:
      return runStages(compute, numbers, all, entry[part]);
  }
}

/** Central differences: (L(v + h) − L(v − h)) / 2h for each number of a part. */
export function differencesOf(
  compute: Compute,
  numbers: Numbers,
  label: number,
  part: Part,
  values: readonly number[],
  distance: number,
): number[] {
  const changed = values.flatMap((value, index) =>
    [value + distance, value - distance].map((next) => values.with(index, next)),
  );
  const scores = scoresOf(compute, numbers, part, changed);
  return values.map((_, k) => {
    const at = 2 * k * classes;
    const above = lossOf(entropy, scores.slice(at, at + classes), label);
    const below = lossOf(entropy, scores.slice(at + classes, at + 2 * classes), label);
    return (above - below) / (2 * distance);
  });
}
