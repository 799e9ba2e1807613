import { log } from '@convbook/core';
import {
  conv2dBackward,
  maxPool2dBackward,
  maxPool2dForward,
  softmaxCrossEntropyReference,
} from '@convbook/core/reference';
import type { Check } from '../../lesson.ts';
import { mapSide, side, startNumbers } from './network.ts';

/** The gradient of the score of a class that has this probability, and is right. */
function scoreGradient(probability: number): number {
  const odds = probability / (1 - probability);
  const scores = { shape: [1, 2], data: Float64Array.of(log(odds), 0) };
  return softmaxCrossEntropyReference(scores, [0]).dX[0];
}

/** The gradient of the filter's first weight where every place of the map has the gradient 1. */
function weightGradient(): number {
  const x = { shape: [1, 1, side, side], data: Float64Array.from(startNumbers.input) };
  const w = { shape: [1, 1, 2, 2], data: Float64Array.from(startNumbers.filter) };
  const dY = { shape: [1, 1, mapSide, mapSide], data: new Float64Array(mapSide ** 2).fill(1) };
  return conv2dBackward(x, w, dY, { stride: [1, 1], padding: [0, 0] }).dW[0];
}

/** The gradient of the largest number, in the middle of 3×3, where every pooled number has the gradient 1. */
function middleGradient(): number {
  const x = { shape: [1, 1, 3, 3], data: Float64Array.of(0, 0, 0, 0, 3, 0, 0, 0, 0) };
  const { indexes } = maxPool2dForward(x, [2, 2], { stride: [1, 1], padding: [0, 0] });
  return maxPool2dBackward(9, indexes, new Float64Array(4).fill(1))[4];
}

export const backwardsChecks: readonly Check[] = [
  {
    question: {
      en: 'Softmax gives the right class the probability 0.25. What is the gradient of its score?',
      ko: '소프트맥스가 정답 클래스에 매긴 확률이 0.25입니다. 그 클래스의 점수에 대한 기울기는 얼마입니까?',
    },
    answer: scoreGradient(0.25),
    why: {
      en: 'p − t = 0.25 − 1: below 0, so a larger score lowers the loss.',
      ko: 'p − t = 0.25 − 1입니다. 음수이므로 점수가 커지면 손실이 줄어듭니다.',
    },
  },
  {
    question: {
      en: 'Suppose every place of the feature map above had the gradient 1. What would be the gradient of the filter’s first weight, with the input of the figure as it begins?',
      ko: '위 특징 맵의 모든 자리의 기울기가 1이라고 합시다. 그림의 처음 입력에서 필터의 첫째 가중치의 기울기는 얼마입니까?',
    },
    answer: weightGradient(),
    why: {
      en: 'The weight lies once on each of the nine numbers of the upper left 3×3: their sum, each times 1.',
      ko: '이 가중치는 왼쪽 위 3×3의 아홉 수에 한 번씩 놓입니다. 각각 1을 곱해 모두 더하면 됩니다.',
    },
  },
  {
    question: {
      en: 'A 3×3 map has a 3 in its middle and 0 elsewhere. It is max pooled by 2×2 with stride 1, and each of the four results has the gradient 1. What is the gradient of the 3?',
      ko: '한가운데만 3이고 나머지는 0인 3×3 맵을 2×2, 스트라이드 1로 최대 풀링합니다. 결과 네 개의 기울기가 모두 1이라면 3의 기울기는 얼마입니까?',
    },
    answer: middleGradient(),
    why: {
      en: 'The middle lies in all four windows and wins each: 1 + 1 + 1 + 1.',
      ko: '한가운데는 네 윈도우 모두에 들어 있고 모두에서 최댓값입니다. 1 + 1 + 1 + 1입니다.',
    },
  },
];
