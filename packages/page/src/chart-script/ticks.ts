import { tickStep, ticks } from 'd3-array';
import { logTicks } from '../charts/log-ticks.ts';
import { formatNumber } from '../text/format.ts';
import type { Domain } from './scale.ts';

/** A line of an axis with what stands at it. */
export interface Tick {
  value: number;
  label: string;
}

const grouped = (decimals: number) =>
  new Intl.NumberFormat('en-US', {
    maximumFractionDigits: decimals,
  });

/** Round numbers on a linear axis, about `count`, with as many decimals as tell them apart. */
export function linearTicks([low, high]: Domain, count: number, isPercent = false): Tick[] {
  const values = ticks(low, high, count);
  const step = tickStep(low, high, count) * (isPercent ? 100 : 1);
  const decimals = Math.min(12, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  const format = grouped(decimals);
  return values.map((value) => ({
    value,
    label: isPercent ? `${format.format(value * 100)}%` : format.format(value).replace('-', '−'),
  }));
}

/** Round numbers on a logarithmic axis; where it spans little, as on a linear one. */
export function logarithmicTicks(domain: Domain, count: number): Tick[] {
  const values = logTicks(...domain);
  if (values.length < 3) return linearTicks(domain, count);
  const stride = Math.ceil(values.length / (2 * count));
  return values
    .filter((_, k) => k % stride === 0)
    .map((value) => ({ value, label: formatNumber(value).replace('.00e', 'e') }));
}
