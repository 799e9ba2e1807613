// Every optimizer on one valley, f(x, y) = x²/20 + y², by the kernels that train.
import { toText, type Text } from '@convbook/page/markup';
import { optimizers, type Optimizer } from '@convbook/run/settings';
import { createDescent } from '@convbook/trainer/sequential';
import type { Compute } from '../../figure/compute.ts';

/** Those with a rate for each weight have nothing to show on two numbers. */
export type RunnerName = Exclude<Optimizer['name'], 'lamb' | 'lars'>;

type RunnerSettings = Extract<Optimizer, { name: RunnerName }>;

/** A place in the valley. */
export type Point = readonly [x: number, y: number];

/** An optimizer as the figures name and draw it. */
export interface Runner {
  readonly name: RunnerName;
  readonly title: Text;
  /** The update in letters; η is the rate, g the gradient. */
  readonly rule: string;
  /** Its rate in the valley where the slider stands at 1. */
  readonly rate: number;
  readonly color: number;
  readonly dashed: boolean;
}

const runner = (
  name: RunnerName,
  title: Text | string,
  rule: string,
  rate: number,
  color: number,
  dashed = false,
): Runner => ({ name, title: toText(title), rule, rate, color, dashed });

/** SGD, momentum, AdaGrad and Adam have the rates of “Deep Learning from Scratch”, chapter 6. */
export const runners: readonly Runner[] = [
  runner('sgd', 'SGD', 'p ← p − η·g', 0.95, 3),
  runner('momentum', { en: 'Momentum', ko: '모멘텀' }, 'v ← μ·v + g,  p ← p − η·v', 0.1, 0),
  runner(
    'nesterov',
    { en: 'Nesterov', ko: '네스테로프' },
    'v ← μ·v + g,  p ← p − η·(g + μ·v)',
    0.1,
    0,
    true,
  ),
  runner('adagrad', 'AdaGrad', 'h ← h + g²,  p ← p − η·g / √h', 1.5, 2),
  runner('rmsprop', 'RMSprop', 'h ← α·h + (1 − α)·g²,  p ← p − η·g / √h', 0.1, 2, true),
  runner(
    'adam',
    'Adam',
    'm ← β₁·m + (1 − β₁)·g,  v ← β₂·v + (1 − β₂)·g²,  p ← p − η·m̂ / √v̂',
    0.3,
    1,
  ),
  runner('adamw', 'AdamW', 'p ← (1 − η·λ)·p,  p ← p − η·m̂ / √v̂', 0.3, 1, true),
];

export const runnerNames = runners.map(({ name }) => name);

export const heightAt = ([x, y]: Point) => (x * x) / 20 + y * y;
export const slopeAt = ([x, y]: Point): Point => [x / 10, 2 * y];

/** A step of an optimizer, with what it keeps for x and for y. */
export interface Moment {
  readonly at: Point;
  /** By array of the optimizer, such as a velocity. */
  readonly states: readonly Point[];
}

interface RaceOptions {
  readonly start: Point;
  readonly steps: number;
  /** Every rate is multiplied by it. */
  readonly factor: number;
  /** Share of the velocity, and of Adam's mean gradient, that a step keeps. */
  readonly momentum: number;
}

/** The settings of an optimizer with the momentum of the slider. */
export function settingsOf(name: RunnerName, momentum: number): RunnerSettings {
  const { defaults } = optimizers[name];
  switch (defaults.name) {
    case 'momentum':
    case 'nesterov':
      return { ...defaults, momentum };
    case 'adam':
    case 'adamw':
      return { ...defaults, beta1: momentum };
    default:
      return defaults;
  }
}

/** Heights above are out of sight for good: a race ends there, long before float32 does. */
const outOfSight = 1e9;

/** Every moment of an optimizer, the start among them; fewer than asked for where it flies out of the valley. */
export function race(
  { module }: Compute,
  { name, rate }: Runner,
  { start, steps, factor, momentum }: RaceOptions,
): Moment[] {
  const optimizer = settingsOf(name, momentum);
  const descent = createDescent({ module, optimizer, learningRate: rate * factor, start });
  const now = (): Moment => ({
    at: pointOf(descent.parameters),
    states: descent.states.map(pointOf),
  });
  const moments = [now()];
  while (moments.length <= steps && heightAt(moments[moments.length - 1].at) < outOfSight) {
    descent.step(slopeAt(pointOf(descent.parameters)));
    moments.push(now());
  }
  return moments;
}

const pointOf = (values: ArrayLike<number>): Point => [values[0], values[1]];
