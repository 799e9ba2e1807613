import { expect, test } from 'vitest';
import * as format from './format.ts';

test.each([
  ['formatCount', format.formatCount(433_890), '433,890'],
  ['formatPlural of one', format.formatPlural(1, 'epoch'), '1 epoch'],
  ['formatPlural of many', format.formatPlural(1200, 'image'), '1,200 images'],
  ['formatPercent', format.formatPercent(0.98988), '98.99%'],
  ['formatPercent of all', format.formatPercent(1), '100.00%'],
  ['formatPercent of almost all', format.formatPercent(0.99996), '>99.99%'],
  ['formatPercent of almost all, rounded', format.formatPercent(0.996, 0), '>99%'],
  ['formatPercent of almost nothing', format.formatPercent(0.00001, 1), '<0.1%'],
  ['formatPercent of nothing', format.formatPercent(0, 1), '0.0%'],
  ['formatPercent below zero', format.formatPercent(-0.05), '−5.00%'],
  ['formatProbability near 1', format.formatProbability(0.99996), '>99.9%'],
  ['formatProbability near 0', format.formatProbability(0.0001), '<0.1%'],
  ['formatProbability', format.formatProbability(0.5), '50.0%'],
  ['formatNumber', format.formatNumber(0.0123456), '0.0123'],
  ['formatNumber of a small one', format.formatNumber(1e-7), '1.00e−7'],
  ['formatNumber of a negative one', format.formatNumber(-0.25), '−0.25'],
  ['formatNumber of seven ten-thousandths', format.formatNumber(7e-4), '0.0007'],
  ['formatNumber of a large one', format.formatNumber(1.5e7), '1.50e7'],
  ['formatDuration', format.formatDuration(0.82), { en: '0.8 s', ko: '0.8초' }],
  ['formatDuration of seconds', format.formatDuration(41.6), { en: '42 s', ko: '42초' }],
  ['formatDuration of minutes', format.formatDuration(185), { en: '3 min 5 s', ko: '3분 5초' }],
  ['formatDuration of hours', format.formatDuration(3720), { en: '1 h 2 min', ko: '1시간 2분' }],
  ['formatBytes', format.formatBytes(840), '840 B'],
  ['formatBytes of many', format.formatBytes(1.75 * 2 ** 20), '1.8 MiB'],
  [
    'formatDate',
    format.formatDate('2025-11-22T23:53:07+02:00'),
    { en: '22 November 2025, 21:53 UTC', ko: '2025년 11월 22일 21:53 UTC' },
  ],
  ['formatShortDate', format.formatShortDate('2025-11-22T23:53:07+02:00'), '2025-11-22 21:53'],
  ['formatList', format.formatList(['a', 'b', 'c']), 'a, b and c'],
])('%s', (_, got, expected) => {
  expect(got).toEqual(expected);
});
