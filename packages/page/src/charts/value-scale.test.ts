import { expect, test } from 'vitest';
import { renderChart } from './chart.ts';
import { schema } from './lines.ts';
import { valueScale } from './value-scale.ts';

async function labelsOf(values: readonly number[]): Promise<string[]> {
  const points = values.map((y, x) => ({ x, y }));
  const encoding = {
    x: { field: 'x', type: 'quantitative', axis: null },
    y: valueScale(points).channel,
  };
  const spec = { $schema: schema, layer: [{ data: { values: points }, mark: 'line', encoding }] };
  const svg = String(await renderChart({ id: 'c', title: 't', alt: 'a', height: 200, spec }));
  return [...svg.split('chart narrow')[0].matchAll(/<text[^>]*>([^<]+)<\/text>/g)].map(
    ([, label]) => label,
  );
}

test.each([
  ['ten-thousandths in full', [1e-4, 1], ['0.0001', '0.001', '0.01', '0.1', '1']],
  ['smaller ones as powers, with a minus', [1e-6, 1e-3], ['1e−6', '1e−5', '0.0001', '0.001']],
  ['negative ones with a minus', [-1, 0], ['−1.0', '−0.8', '−0.6', '−0.4', '−0.2', '0.0']],
])('labels of an axis: %s', async (_, values, expected) => {
  expect((await labelsOf(values)).sort()).toEqual([...expected].sort());
});
