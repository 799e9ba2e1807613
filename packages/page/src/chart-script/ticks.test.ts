import { expect, test } from 'vitest';
import { linearTicks, logarithmicTicks, type Tick } from './ticks.ts';

const labels = (ticks: readonly Tick[]) => ticks.map(({ label }) => label);

test.each([
  ['whole numbers', [0, 4], false, ['0', '1', '2', '3', '4']],
  ['as many decimals as needed', [3, 3.2], false, ['3', '3.05', '3.1', '3.15', '3.2']],
  ['percentages', [0.98, 1], true, ['98%', '98.5%', '99%', '99.5%', '100%']],
  ['thousands', [0, 4000], false, ['0', '1,000', '2,000', '3,000', '4,000']],
  ['below zero', [-1, 1], false, ['−1', '−0.5', '0', '0.5', '1']],
] as const)('linear ticks: %s', (_, domain, isPercent, expected) => {
  expect(labels(linearTicks(domain, 4, isPercent))).toEqual(expected);
});

test.each([
  ['powers of ten', [0.001, 1], ['0.001', '0.01', '0.1', '1']],
  ['small ones as powers', [1e-6, 1e-4], ['1e−6', '1e−5', '0.0001']],
  [
    'a narrow range as on a linear axis',
    [0.0301, 0.0305],
    ['0.0301', '0.0302', '0.0303', '0.0304', '0.0305'],
  ],
] as const)('logarithmic ticks: %s', (_, domain, expected) => {
  expect(labels(logarithmicTicks(domain, 5))).toEqual(expected);
});
