// A small network trained from the same first weights by every optimizer, some MNIST images at a time.
import { DivergedError } from '@convbook/core';
import { conv2d, dense, flatten, maxPool2d, relu, type ModelSpec } from '@convbook/layers';
import { constantRate, optimizers } from '@convbook/run/settings';
import { createTrainer, type Trainer } from '@convbook/trainer/sequential';
import { digitSide } from '../../data/digits.ts';
import { trainerData } from '../../data/trainer-data.ts';
import type { Compute } from '../../figure/compute.ts';
import { runnerNames, type RunnerName } from './race.ts';

export const digitsName = 'downhill-digits';

/** Training images of each class. */
export const digitsPerClass = 20;

const model: ModelSpec = {
  name: 'small',
  input: [1, digitSide, digitSide],
  layers: [
    conv2d({ filters: 4, kernelSize: 5, stride: 2 }),
    relu(),
    maxPool2d({ size: 2 }),
    flatten(),
    dense({ units: 10 }),
  ],
};

const batchSize = 50;
const epochs = 15;
export const stepCount = (epochs * digitsPerClass * 10) / batchSize;

/** The loss of each step of an optimizer. */
export interface Curve {
  readonly name: RunnerName;
  readonly losses: readonly number[];
  /** The step from which on the loss was no longer a number; null while it is one. */
  readonly divergedAt: number | null;
}

/** The rate that an optimizer has where none is given, times a factor. */
export const rateOf = (name: RunnerName, factor: number) => optimizers[name].learningRate * factor;

/** A curve for each optimizer, with nothing trained. */
export const noCurves: readonly Curve[] = runnerNames.map((name) => ({
  name,
  losses: [],
  divergedAt: null,
}));

/** Trains by each optimizer in turns, a step of one of them at each `next`; the curves grow meanwhile. */
export function* trainAll(compute: Compute, factor: number): Generator<readonly Curve[]> {
  let curves = noCurves;
  const trainers: Trainer[] = [];
  for (const name of runnerNames) {
    trainers.push(trainerOf(compute, name, factor));
    yield curves;
  }
  for (let step = 1; step <= stepCount; step++) {
    for (const [k, trainer] of trainers.entries()) {
      if (curves[k].divergedAt !== null) continue;
      curves = curves.with(k, nextOf(curves[k], trainer));
      yield curves;
    }
  }
}

function nextOf(curve: Curve, trainer: Trainer): Curve {
  try {
    return { ...curve, losses: [...curve.losses, trainer.step().loss] };
  } catch (error) {
    if (error instanceof DivergedError) return { ...curve, divergedAt: curve.losses.length + 1 };
    throw error;
  }
}

function trainerOf(compute: Compute, name: RunnerName, factor: number): Trainer {
  const digits = compute.data(digitsName);
  return createTrainer({
    model,
    data: trainerData(digits, digits),
    module: compute.module,
    settings: {
      seed: 1,
      batchSize,
      epochs,
      optimizer: { name },
      learningRate: rateOf(name, factor),
      schedule: constantRate(),
    },
  });
}

const wholes = new WeakMap<WebAssembly.Module, Map<number, readonly Curve[]>>();

/** The curves of a whole training; each module of kernels computes those of a factor once. */
export function wholeCurves(compute: Compute, factor: number): readonly Curve[] {
  const kept = wholes.get(compute.module) ?? new Map<number, readonly Curve[]>();
  wholes.set(compute.module, kept);
  let curves = kept.get(factor) ?? [];
  if (curves.length === 0) for (const next of trainAll(compute, factor)) curves = next;
  kept.set(factor, curves);
  return curves;
}
