import { formatNumber, formatPercent, type Text } from '@convbook/page/markup';
import type { Activation } from './starts.ts';

interface Measured {
  readonly activation: Activation;
  /** Deviation of all values of each layer, from the first. */
  readonly values: readonly number[];
  /** Deviation of a unit of each layer over the samples. */
  readonly signals: readonly number[];
  /** Deviation of the gradient that reaches each layer's output. */
  readonly gradients: readonly number[];
  /** Share of each layer's values where the function is flat. */
  readonly flat: readonly number[];
}

/** Below this share of the first layer's signal the last one's has shrunk; above its inverse it has grown. */
const kept = 0.4;

/** Says how well a network begins. */
export function verdict(measured: Measured): Text {
  const reached = formatNumber(measured.gradients[0]);
  const { en, ko } = judge(measured);
  return {
    en: `${en} Of a gradient with deviation 1 at the top, ${reached} reaches the first layer.`,
    ko: `${ko} 맨 위에서 표준편차가 1인 기울기는 첫 층에 ${reached}만큼 전해집니다.`,
  };
}

function judge({ activation: { layer }, values, signals, flat: shares }: Measured): Text {
  const [first, last] = [signals[0], signals[signals.length - 1]];
  const flat = shares[shares.length - 1];
  const [begin, end] = [first, last].map((signal) => formatNumber(signal));
  if (last < 0.01) return faded(values[values.length - 1], end);
  if (layer.kind === 'relu' && last > 20) {
    return {
      en: `The values explode: over the inputs a unit of the last layer has a deviation of ${end}.`,
      ko: `값이 폭발하여, 마지막 층 뉴런의 입력에 따른 표준편차가 ${end}입니다.`,
    };
  }
  if (layer.kind !== 'relu' && flat > 0.4) {
    const share = formatPercent(flat, 0);
    return {
      en: `${share} of the last layer’s values are saturated: the function is flat there, its slope almost 0.`,
      ko: `마지막 층의 값 가운데 ${share}가 포화되었습니다. 그곳에서는 함수가 평평하여 미분값이 0에 가깝습니다.`,
    };
  }
  if (last < kept * first) {
    return {
      en: `The values shrink from layer to layer: over the inputs a unit’s deviation falls from ${begin} to ${end}.`,
      ko: `층을 지날수록 값이 작아져, 뉴런의 입력에 따른 표준편차가 ${begin}에서 ${end}까지 줄어듭니다.`,
    };
  }
  if (last > first / kept) {
    return {
      en: `The values grow from layer to layer: over the inputs a unit’s deviation rises from ${begin} to ${end}.`,
      ko: `층을 지날수록 값이 커져, 뉴런의 입력에 따른 표준편차가 ${begin}에서 ${end}까지 늘어납니다.`,
    };
  }
  return {
    en: `The values roughly keep their spread: over the inputs a unit has a deviation of ${begin} in the first layer and ${end} in the last, a good beginning.`,
    ko: `값이 퍼진 정도가 대체로 유지됩니다. 뉴런의 입력에 따른 표준편차는 첫 층에서 ${begin}, 마지막 층에서 ${end}입니다. 학습을 시작하기에 좋은 상태입니다.`,
  };
}

/** @param all The deviation of all values of the last layer; where it is large, the histogram hides what happened. */
function faded(all: number, signal: string): Text {
  const text: Text = {
    en: `A unit of the last layer says nearly the same to every input (deviation ${signal}): the signal has faded.`,
    ko: `마지막 층의 뉴런은 어떤 입력에나 거의 같은 값을 냅니다(표준편차 ${signal}). 신호가 사라졌습니다.`,
  };
  if (all < 0.05) return text;
  const spread = formatNumber(all);
  return {
    en: `${text.en} The histogram is spread (${spread}) only because each unit has a constant of its own.`,
    ko: `${text.ko} 히스토그램이 퍼져 있는 것(${spread})은 뉴런마다 늘 내는 값이 서로 다르기 때문일 뿐입니다.`,
  };
}
