import { formatNumber, formatPercent, type Text } from '@convbook/page/markup';
import type { Activation } from './starts.ts';

interface Measured {
  readonly activation: Activation;
  /** Deviation of each layer's values, from the first. */
  readonly values: readonly number[];
  /** Deviation of the gradient that reaches each layer's output. */
  readonly gradients: readonly number[];
  /** Share of each layer's values where the function is flat. */
  readonly flat: readonly number[];
}

/** Says how well a network begins. */
export function verdict({ activation, values, gradients, flat }: Measured): Text {
  const reached = formatNumber(gradients[0]);
  const { en, ko } = judge({ activation, values, gradients, flat });
  return {
    en: `${en} Of a gradient with deviation 1 at the top, ${reached} reaches the first layer.`,
    ko: `${ko} 맨 위에서 표준편차가 1인 기울기는 첫 층에 ${reached}만큼 전해집니다.`,
  };
}

function judge({ activation: { layer }, values, gradients, flat: shares }: Measured): Text {
  const [first, deviation] = [values[0], values[values.length - 1]];
  const [flat, gradient] = [shares[shares.length - 1], gradients[0]];
  const [spread, share] = [formatNumber(deviation), formatPercent(flat, 0)];
  if (deviation < 0.03) {
    return {
      en: `The last layer says nearly the same to every input (deviation ${spread}): the signal has faded.`,
      ko: `마지막 층은 어떤 입력에나 거의 같은 값을 냅니다(표준편차 ${spread}). 신호가 사라졌습니다.`,
    };
  }
  if (layer.kind === 'relu' && deviation > 20) {
    return {
      en: `The values explode, to a deviation of ${spread} in the last layer.`,
      ko: `값이 폭발하여 마지막 층의 표준편차가 ${spread}입니다.`,
    };
  }
  if (layer.kind !== 'relu' && flat > 0.4) {
    return {
      en: `${share} of the last layer’s values are saturated: the function is flat there, its slope almost 0.`,
      ko: `마지막 층의 값 가운데 ${share}가 포화되었습니다. 그곳에서는 함수가 평평하여 미분값이 0에 가깝습니다.`,
    };
  }
  if (deviation < 0.3 * first) {
    const begin = formatNumber(first);
    return {
      en: `The values shrink from layer to layer, from a deviation of ${begin} to ${spread}.`,
      ko: `층을 지날수록 값이 작아져 표준편차가 ${begin}에서 ${spread}까지 줄어듭니다.`,
    };
  }
  if (gradient < 0.02) {
    return {
      en: `The values are well spread (deviation ${spread}), but the gradient vanishes on its way down.`,
      ko: `값은 고르게 퍼져 있지만(표준편차 ${spread}) 기울기는 내려오면서 사라집니다.`,
    };
  }
  if (gradient > 20) {
    return {
      en: `The values are well spread (deviation ${spread}), but the gradient explodes on its way down.`,
      ko: `값은 고르게 퍼져 있지만(표준편차 ${spread}) 기울기는 내려오면서 폭발합니다.`,
    };
  }
  return {
    en: `The values keep their spread (deviation ${spread} in the last layer): a good beginning.`,
    ko: `값이 퍼진 정도가 유지됩니다(마지막 층의 표준편차 ${spread}). 학습을 시작하기에 좋은 상태입니다.`,
  };
}
