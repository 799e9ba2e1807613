import {
  gaussian,
  he,
  relu,
  sigmoid,
  tanh,
  uniformBetween,
  xavier,
  zeros,
  type Initializer,
  type LayerSpec,
} from '@convbook/layers';
import type { Text } from '@convbook/page/markup';

/** A way to begin; `deviation` is that of the slider, which one of them takes. */
interface Start {
  readonly text: Text;
  readonly initializer: (deviation: number) => Initializer;
}

/** Ways to draw the first weights. */
export const starts = {
  one: {
    text: { en: 'Gaussian, deviation 1', ko: '표준편차 1인 정규분포' },
    initializer: () => gaussian(1),
  },
  small: {
    text: { en: 'Gaussian, deviation 0.01', ko: '표준편차 0.01인 정규분포' },
    initializer: () => gaussian(0.01),
  },
  xavier: {
    text: { en: 'Xavier', ko: 'Xavier 초깃값' },
    initializer: () => xavier(),
  },
  he: { text: { en: 'He', ko: 'He 초깃값' }, initializer: () => he() },
  uniform: {
    text: { en: 'uniform, from −1 to 1', ko: '−1에서 1까지의 균등분포' },
    initializer: () => uniformBetween(-1, 1),
  },
  xavierUniform: {
    text: { en: 'Xavier, uniform', ko: 'Xavier 초깃값, 균등분포' },
    initializer: () => xavier('uniform'),
  },
  zeros: { text: { en: 'all zeros', ko: '모두 0' }, initializer: () => zeros },
  own: {
    text: { en: 'Gaussian, by the slider', ko: '슬라이더로 정한 정규분포' },
    initializer: gaussian,
  },
} as const satisfies Record<string, Start>;

export type StartName = keyof typeof starts;

/** An activation function, and what its values can be. */
export interface Activation {
  readonly layer: LayerSpec;
  readonly name: Text;
  /** Ends of the axis of its histograms. */
  readonly ends: readonly [low: number, high: number];
  /** Whether a value lies where the function is flat, so that no gradient passes. */
  readonly isFlat: (value: number) => boolean;
  /** Says that a share of the values does. */
  readonly flat: (share: string) => Text;
}

/** The three activation functions of the texts. */
export const activations = {
  sigmoid: {
    layer: sigmoid(),
    name: { en: 'sigmoid', ko: '시그모이드' },
    ends: [0, 1],
    isFlat: (value) => value < 0.05 || value > 0.95,
    flat: (share) => ({ en: `${share} saturated`, ko: `포화 ${share}` }),
  },
  tanh: {
    layer: tanh(),
    name: { en: 'tanh', ko: 'tanh' },
    ends: [-1, 1],
    isFlat: (value) => Math.abs(value) > 0.95,
    flat: (share) => ({ en: `${share} saturated`, ko: `포화 ${share}` }),
  },
  relu: {
    layer: relu(),
    name: { en: 'ReLU', ko: 'ReLU' },
    ends: [0, 2],
    isFlat: (value) => value === 0,
    flat: (share) => ({ en: `${share} are 0`, ko: `0인 값 ${share}` }),
  },
} as const satisfies Record<string, Activation>;

export type ActivationName = keyof typeof activations;
