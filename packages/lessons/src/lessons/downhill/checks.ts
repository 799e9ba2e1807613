import { adamStep, sgdStep } from '@convbook/core/reference';
import { optimizers } from '@convbook/run/settings';
import type { Check } from '../../lesson.ts';
import { slopeAt } from './race.ts';

/** Where one step of plain gradient descent leads from y. */
function afterStep(y: number, learningRate: number): number {
  const at = Float64Array.of(y);
  const gradient = Float64Array.of(slopeAt([0, y])[1]);
  const settings = { learningRate, momentum: 0, nesterov: false, weightDecay: 0 };
  sgdStep(at, gradient, new Float64Array(1), settings);
  return at[0];
}

/** The velocity after many steps with the same gradient, 1. */
function lastVelocity(momentum: number): number {
  const [at, velocity] = [new Float64Array(1), new Float64Array(1)];
  const settings = { learningRate: 0.1, momentum, nesterov: false, weightDecay: 0 };
  for (let step = 0; step < 1000; step++) sgdStep(at, Float64Array.of(1), velocity, settings);
  return velocity[0];
}

/** How far the first step of Adam goes. */
function firstAdamStep(gradient: number, learningRate: number): number {
  const at = new Float64Array(1);
  const zeros = () => new Float64Array(1);
  const state = { mean: zeros(), square: zeros(), power1: 1, power2: 1 };
  const settings = { ...optimizers.adam.defaults, learningRate, decoupled: false };
  adamStep(at, Float64Array.of(gradient), state, settings);
  return Math.abs(at[0]);
}

export const downhillChecks: readonly Check[] = [
  {
    question: {
      en: 'f(x, y) = x²/20 + y². SGD with the rate 0.95 stands at y = 2. Where is y after one step?',
      ko: 'f(x, y) = x²/20 + y²입니다. 학습률이 0.95인 SGD가 y = 2에 있습니다. 한 스텝 뒤의 y는 얼마입니까?',
    },
    answer: afterStep(2, 0.95),
    why: {
      en: 'The gradient for y is 2y = 4: 2 − 0.95 × 4. It crosses the floor and stands almost as high on the other side.',
      ko: 'y의 기울기는 2y = 4이므로 2 − 0.95 × 4입니다. 바닥을 지나 반대편 거의 같은 높이에 섭니다.',
    },
  },
  {
    question: {
      en: 'A gradient stays 1 for a long time. Which velocity does momentum reach with μ = 0.9?',
      ko: '기울기가 오랫동안 1이라면 μ = 0.9인 모멘텀의 속도 v는 얼마까지 커집니까?',
    },
    answer: lastVelocity(0.9),
    why: {
      en: 'v = 0.9·v + 1 holds where v = 1 / (1 − 0.9). So momentum needs a rate that is about ten times smaller than SGD’s.',
      ko: 'v = 0.9·v + 1이 되는 v는 1 / (1 − 0.9)입니다. 그래서 모멘텀의 학습률은 SGD의 10분의 1쯤으로 잡습니다.',
    },
  },
  {
    question: {
      en: 'Adam’s rate is 0.3 and the first gradient of a parameter is 0.02. How far does its first step go?',
      ko: 'Adam의 학습률이 0.3이고 어떤 매개변수의 첫 기울기가 0.02입니다. 첫 스텝은 얼마나 움직입니까?',
    },
    answer: firstAdamStep(0.02, 0.3),
    why: {
      en: 'm̂ = g and √v̂ = |g|: the first step is the rate itself, whatever the gradient.',
      ko: 'm̂ = g이고 √v̂ = |g|이므로 기울기와 관계없이 학습률만큼 움직입니다.',
    },
  },
];
