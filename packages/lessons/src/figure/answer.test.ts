import { expect, test } from 'vitest';
import { formatAnswer, isAnswer, roundedAnswer, toTyped } from './answer.ts';

test.each([
  [50240, undefined, '50,240', ['50240', ' 50,240 '], ['50,239', '50215', '50200', '']],
  [-2, undefined, '−2', ['-2', '−2.0'], ['2', '-2.1', 'two']],
  [-1.7999999999999998, undefined, '−1.8', ['-1.8', '−1.80'], ['-1.79', '-1.81', '1.8']],
  [0.2999998500000749, undefined, '0.3', ['0.3', '.3', '3e-1'], ['0.30001', '0.31', '0']],
  [1 / 12, 4, '0.0833', ['0.0833', '0.08333'], ['0.0829', '0.0834', '0.083', '0,0833']],
  [1234567, undefined, '1,234,567', ['1234567', '1,234,567'], ['1,234,566']],
])('%d with %s decimals is shown as %s', (answer, decimals, shown, right, wrong) => {
  const rounded = roundedAnswer(answer, decimals);
  expect(formatAnswer(rounded)).toBe(shown);
  const accepted = (text: string) => isAnswer(toTyped(text), rounded, decimals);
  expect([shown, ...right].filter((text) => !accepted(text))).toEqual([]);
  expect(wrong.filter(accepted)).toEqual([]);
});
