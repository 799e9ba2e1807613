import { expect, test } from 'vitest';
import { simpleConvnet, summarize } from '@convbook/layers';
import { trainingFlops } from './flops.ts';

test('flops: two a multiply-add, three passes, the first layer without its input gradient', () => {
  const costs = summarize(simpleConvnet).layers.map((layer) => layer.multiplyAdds);
  const [conv, dense1, dense2] = costs.filter((cost) => cost > 0);
  expect(trainingFlops(simpleConvnet)).toBe(4 * conv + 6 * dense1 + 6 * dense2);
});
