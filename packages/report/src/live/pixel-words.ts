import type { Text } from '@convbook/page/text';
import type { EachExplanation } from './explain-each.ts';
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
      return eachWords(explanation);
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

function eachWords({ input, isRelu, normalization }: EachExplanation): Text {
  const x = digits(input);
  if (isRelu) return { en: `max(0, ${x})`, ko: `0과 ${x} 중 큰 값` };
  if (normalization === null) return { en: x, ko: x };
  const [mean, scale, bias] = [normalization.mean, normalization.scale, normalization.bias].map(
    digits,
  );
  return {
    en: `(${x} − mean ${mean}) × scale ${scale} + bias ${bias}`,
    ko: `(${x} − 평균 ${mean}) × 배율 ${scale} + 편향 ${bias}`,
  };
}
