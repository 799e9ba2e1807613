// Numbers at the ends of what settings accept: a run completes, diverges or is refused, and what it wrote
// can be read again.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError, DivergedError, uniform } from '@convbook/core';
import {
  avgPool2d,
  batchNorm,
  constant,
  conv2d,
  dense,
  dropout,
  elu,
  flatten,
  gaussian,
  leakyRelu,
  localResponseNorm,
  relu,
  sigmoid,
  type LayerSpec,
} from '@convbook/layers';
import {
  huber,
  meanSquared,
  oneCycle,
  optimizers,
  plateau,
  readRun,
  softmaxCrossEntropy,
  step,
  warmUp,
  type GivenLoss,
  type Optimizer,
  type ScheduleSpec,
} from '@convbook/run';
import { expect, test } from 'vitest';
import { temporaryFolder } from './testing/folder.ts';
import { notFinite } from './testing/run-files.ts';
import { tinyData } from './testing/tiny.ts';
import { train, type TrainOptions } from './train.ts';

const numbers = [1e-320, 1e-45, 1e-30, 1e-8, 0.5, 1, 3, 1e8, 1e19, 1e30, 3e38, 1e39, 1e308];
const fractions = [0, 1e-300, 0.5, 0.999, 1 - 1e-9, 1 - 2 ** -53];

/** Chooses at random, always the same for a seed. */
function createChoice(seed: number) {
  const draws = uniform(seed, 'extremes', new Float64Array(100)).values();
  const any = <Value>(...values: readonly Value[]): Value =>
    values[Math.floor((draws.next().value ?? 0) * values.length)];
  const number = () => any(...numbers);
  const fraction = () => any(...fractions);
  return {
    any,
    number,
    fraction,
    /** The extreme value now and then, so that not every run ends in its first step. */
    some: <Value>(usual: Value, extreme: () => Value): Value =>
      any(true, false, false) ? extreme() : usual,
  };
}

type Choice = ReturnType<typeof createChoice>;

function optimizerOf({ any, some, number, fraction }: Choice): Optimizer {
  const { defaults } =
    optimizers[
      any<Optimizer['name']>(
        'adamw',
        'adam',
        'sgd',
        'nesterov',
        'adagrad',
        'rmsprop',
        'lamb',
        'lars',
      )
    ];
  const settings = Object.entries<string | number>({ ...defaults }).map(([name, value]) => {
    const isNumber = name === 'epsilon' || name === 'weightDecay';
    const drawn = some(value, isNumber ? number : fraction);
    return [name, name === 'name' ? value : drawn] as const;
  });
  return Object.fromEntries(settings) as unknown as Optimizer;
}

function layerOf({ any, number, fraction }: Choice): LayerSpec {
  return any<() => LayerSpec>(
    () => relu(),
    () => sigmoid(),
    () => leakyRelu({ slope: number() }),
    () => elu({ alpha: number() }),
    () => dropout({ rate: fraction() }),
    () => batchNorm({ epsilon: number(), momentum: fraction() }),
    () => localResponseNorm({ alpha: number(), beta: number(), k: number() }),
    () => avgPool2d({ size: 2, stride: 1 }),
  )();
}

function optionsOf(choice: Choice): TrainOptions {
  const { any, some, number, fraction } = choice;
  const initializer = some(undefined, () => any(constant(number()), gaussian(number())));
  const layer = layerOf(choice);
  return {
    model: {
      input: [1, 6, 5],
      layers: [
        conv2d({ filters: 3, kernelSize: 3, ...(initializer && { initializer }) }),
        layer,
        flatten(),
        dense({ units: 3 }),
      ],
    },
    data: tinyData(20, 5),
    workers: 0,
    batchSize: 4,
    epochs: 2,
    validation: 4,
    optimizer: optimizerOf(choice),
    learningRate: some(0.01, number),
    l1Penalty: some(0, number),
    l2Penalty: some(0, number),
    clipNorm: some(null, number),
    loss: any<GivenLoss>(
      softmaxCrossEntropy({ labelSmoothing: some(0, fraction) }),
      huber({ delta: some(1, number) }),
      meanSquared(),
    ),
    schedule: any<ScheduleSpec>(
      oneCycle({
        divisor: some(25, number),
        finalDivisor: some(10_000, number),
        warmUp: fraction(),
      }),
      step({ every: 1, factor: some(0.1, number) }),
      plateau({ factor: fraction(), wait: 1 }),
      warmUp({ epochs: some(1, number) }),
    ),
    augment: some(null, () => ({ shift: number(), rotation: number(), elastic: number() })),
  };
}

const seeds = Array.from({ length: 80 }, (_, k) => k + 1);

test.each(seeds)('seed %i', async (seed) => {
  const out = path.join(temporaryFolder(), 'run');
  await train({ ...optionsOf(createChoice(seed)), out }).catch((error: unknown) => {
    const isExpected = error instanceof ConfigurationError || error instanceof DivergedError;
    if (!isExpected) throw error;
  });
  if (!existsSync(out)) return;
  readRun(out);
  expect(readFileSync(path.join(out, 'metrics.ndjson'), 'utf8')).not.toContain(':null');
  expect(notFinite(out)).toEqual([]);
});
