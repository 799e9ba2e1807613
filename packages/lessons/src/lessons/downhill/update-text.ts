// The last update of an optimizer with its numbers, for x and for y.
import { formatNumber } from '@convbook/page/markup';
import { settingsOf, slopeAt, type Moment, type Point, type Runner } from './race.ts';

/** A number among others: one with a sign or an exponent needs brackets. */
function n(value: number): string {
  const text = formatNumber(value);
  return /[−e]/.test(text) ? `(${text})` : text;
}

/** The numbers of one step for one coordinate. */
interface Step {
  readonly p: number;
  readonly g: number;
  readonly next: number;
  /** What the optimizer kept before and after. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** @param step From 1: which step led to the last moment. */
export function updateText(
  runner: Runner,
  rate: number,
  momentum: number,
  [from, to]: readonly [Moment, Moment],
  step: number,
): { readonly axis: string; readonly text: string }[] {
  const slope = slopeAt(from.at);
  const numbersAt = (k: 0 | 1): Step => ({
    p: from.at[k],
    g: slope[k],
    next: to.at[k],
    before: from.states.map((state: Point) => state[k]),
    after: to.states.map((state: Point) => state[k]),
  });
  return (
    [
      ['x', 0],
      ['y', 1],
    ] as const
  ).map(([axis, k]) => ({
    axis,
    text: textOf(runner, rate, momentum, numbersAt(k), step),
  }));
}

function textOf(
  { name }: Runner,
  rate: number,
  momentum: number,
  { p, g, next, before, after }: Step,
  step: number,
): string {
  const optimizer = settingsOf(name, momentum);
  const [eta, end] = [n(rate), formatNumber(next)];
  switch (optimizer.name) {
    case 'sgd':
      return `p ← ${n(p)} − ${eta} × ${n(g)} = ${end}`;
    case 'momentum':
      return `${velocityText(momentum, before[0], g, after[0])};  p ← ${n(p)} − ${eta} × ${n(after[0])} = ${end}`;
    case 'nesterov':
      return `${velocityText(momentum, before[0], g, after[0])};  p ← ${n(p)} − ${eta} × (${n(g)} + ${n(momentum)} × ${n(after[0])}) = ${end}`;
    case 'adagrad':
      return `h ← ${n(before[0])} + ${n(g)}² = ${formatNumber(after[0])};  p ← ${n(p)} − ${eta} × ${n(g)} / √${n(after[0])} = ${end}`;
    case 'rmsprop': {
      const { alpha } = optimizer;
      return `h ← ${n(alpha)} × ${n(before[0])} + ${n(1 - alpha)} × ${n(g)}² = ${formatNumber(after[0])};  p ← ${n(p)} − ${eta} × ${n(g)} / √${n(after[0])} = ${end}`;
    }
    case 'adam':
    case 'adamw': {
      const { beta1, beta2, weightDecay } = optimizer;
      const kept = optimizer.name === 'adamw' ? `(1 − ${eta} × ${n(weightDecay)}) × ${n(p)}` : n(p);
      return `m ← ${n(beta1)} × ${n(before[0])} + ${n(1 - beta1)} × ${n(g)} = ${formatNumber(after[0])};  v ← ${n(beta2)} × ${n(before[1])} + ${n(1 - beta2)} × ${n(g)}² = ${formatNumber(after[1])};  p ← ${kept} − ${eta} × (${n(after[0])} / (1 − ${n(beta1)}^${step})) / √(${n(after[1])} / (1 − ${n(beta2)}^${step})) = ${end}`;
    }
    default:
      optimizer satisfies never;
      throw new Error('updateText: expected a known optimizer; add it');
  }
}

const velocityText = (momentum: number, old: number, g: number, velocity: number) =>
  `v ← ${n(momentum)} × ${n(old)} + ${n(g)} = ${formatNumber(velocity)}`;
