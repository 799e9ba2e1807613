import { expect, test } from 'vitest';
import { toAnswer } from './answer.ts';

test('classes come by their logits, the lower of equal ones first', () => {
  const probabilities = [0.2, 0.4, 0.4];
  const { top, ...best } = toAnswer({ logits: [-1, 2, 2], probabilities }, ['a', 'b', 'c']);
  expect(top.map(({ className }) => className)).toEqual(['b', 'c', 'a']);
  expect(best).toEqual({
    class: 1,
    className: 'b',
    probability: 0.4,
    probabilities,
    logits: Float32Array.of(-1, 2, 2),
  });
});

test('a larger logit wins where probabilities are equal numbers', () => {
  const outputs = { logits: [0, 1e-20], probabilities: [0.5, 0.5] };
  expect(toAnswer(outputs, ['a', 'b']).top[0].className).toBe('b');
});
