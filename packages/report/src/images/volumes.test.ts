import { presets, summarize } from '@convbook/layers';
import { expect, test } from 'vitest';
import { volumeDiagram } from './volumes.ts';

const names = ['simple-convnet', 'lenet', 'mnist-best', 'batched-cnn', 'alexnet'] as const;

test.each(names)('the volumes of %s all stand within the width of the page', (name) => {
  const summary = summarize(presets[name]);
  const svg = String(volumeDiagram(summary));
  const [, width, height] = (/viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? []).map(Number);
  expect(width).toBeLessThanOrEqual(920);
  expect(svg.match(/<rect/g)).toHaveLength(summary.layers.length + 1);
  const ends = [...svg.matchAll(/<rect\s+x="(\d+)"[^>]*?width="(\d+)"/g)].map(
    ([, x, own]) => Number(x) + Number(own),
  );
  expect(Math.max(...ends)).toBeLessThanOrEqual(width);
  const lines = [...svg.matchAll(/translate\(0 (\d+)\)/g)].map(([, y]) => Number(y));
  expect(lines).toEqual([...lines].sort((a, b) => a - b));
  expect(height).toBe(Math.max(...lines) + 180);
});
