import type { Text } from '@convbook/page/text';
import { changeWords } from './change-words.ts';
import type { ResponseExplanation, SoftmaxExplanation } from './explain-across.ts';
import type { Explanation } from './explain-place.ts';
import type { Pooling, WindowExplanation } from './explain-window.ts';
import { digits } from './numbers.ts';

/** The computation in words, without its result. */
export function wordsOf(explanation: Explanation): Text {
  switch (explanation.by) {
    case 'products': {
      const [bias, count] = [digits(explanation.bias), explanation.terms.length];
      return { en: `bias ${bias} + ${count} products`, ko: `편향 ${bias} + 곱 ${count}개` };
    }
    case 'sum': {
      const [own, added] = [explanation.layers, explanation.shortcut].map(digits);
      return { en: `layers ${own} + shortcut ${added}`, ko: `층들 ${own} + 지름길 ${added}` };
    }
    case 'window':
      return windowWords(explanation);
    case 'each':
      return changeWords(explanation);
    case 'softmax':
      return softmaxWords(explanation);
    case 'response':
      return responseWords(explanation);
    default:
      return explanation satisfies never;
  }
}

const pooled: Readonly<Record<Pooling, (count: string) => Text>> = {
  max: (count) => ({ en: `largest of ${count}`, ko: `${count} 중 최댓값` }),
  min: (count) => ({ en: `smallest of ${count}`, ko: `${count} 중 최솟값` }),
  mean: (count) => ({ en: `mean of ${count}`, ko: `${count}의 평균` }),
};

/** Most numbers of a window that a sentence lists. */
const mostListed = 9;

function windowWords({ pooling, places }: WindowExplanation): Text {
  const inside = places.filter(({ isOutside }) => !isOutside);
  const words = pooled[pooling];
  if (inside.length <= mostListed) {
    return words(inside.map(({ value }) => digits(value)).join(', '));
  }
  return {
    en: words(`${inside.length} numbers`).en,
    ko: words(`수 ${inside.length}개`).ko,
  };
}

function softmaxWords({ inputs, largest, value, sum }: SoftmaxExplanation): Text {
  const [top, total, power] = [digits(largest), digits(sum), digits(value * sum)];
  const words = `e^(x − ${top})`;
  return {
    en: `${words} = ${power}, divided by ${total}, the sum of ${words} over ${inputs.length} numbers,`,
    ko: `${words} = ${power}, 이를 수 ${inputs.length}개의 ${words} 합(${total})으로 나눈 값`,
  };
}

function responseWords({ input, sum, k, alpha, beta, inputs }: ResponseExplanation): Text {
  const [x, total] = [input, sum].map(digits);
  const scale = `(${digits(k)} + ${digits(alpha)} × ${total})`;
  return {
    en: `${x} / ${scale}^${digits(beta)}, where ${total} is the sum of ${inputs.length} squares,`,
    ko: `${x} / ${scale}^${digits(beta)}, 제곱 ${inputs.length}개의 합은 ${total},`,
  };
}
