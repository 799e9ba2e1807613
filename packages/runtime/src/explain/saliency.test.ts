import { assertClose } from '@convbook/core/testing';
import { test } from 'vitest';
import { inputs, logits, network, x } from '../testing/explained.ts';
import { saliency } from './saliency.ts';

const classes = [3, 0, 2];

test('saliency is the size of the reference’s finite differences, dropout left out, batchNorm as in evaluation', () => {
  const maps = saliency(network, x, classes);
  const step = 2 ** -8;
  maps.forEach((map, n) => {
    const expected = Float64Array.from(map, (_, place) => {
      const sizes = [0, 1].map((channel) => {
        const at = n * inputs + channel * 63 + place;
        const [above, below] = [step, -step].map((change) => {
          const moved = x.slice();
          moved[at] += change;
          return { logit: logits(moved)[n * 4 + classes[n]], value: moved[at] };
        });
        return Math.abs((above.logit - below.logit) / (above.value - below.value));
      });
      return Math.max(...sizes);
    });
    assertClose(map, expected, { rtol: 1e-3, atol: 1e-5 }, `image ${n}`);
  });
});
