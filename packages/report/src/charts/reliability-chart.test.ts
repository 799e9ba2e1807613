import { renderChart } from '@convbook/page/charts';
import { expect, test } from 'vitest';
import { reliabilityChart } from './reliability-chart.ts';

const bin = (k: number, samples: number) => ({
  from: k / 10,
  to: (k + 1) / 10,
  samples,
  confidence: (k + 0.5) / 10,
  accuracy: 0.5,
});

test('each bar has its number of images, an empty bin none', async () => {
  const bins = [bin(3, 7), bin(4, 0), bin(5, 999), bin(8, 1049), bin(9, 98_765)];
  const svg = String(await renderChart(reliabilityChart(bins)));
  const texts = [...svg.matchAll(/<text[^>]*>([\d.]+k?)<\/text>/g)].map(([, text]) => text);
  expect(texts).toEqual([...texts.slice(0, 4), ...texts.slice(0, 4)]);
  expect(texts.slice(0, 4)).toEqual(['7', '999', '1.0k', '99k']);
});
