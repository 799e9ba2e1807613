import { crossCorrelation, highest, outputSize } from '@convbook/core';
import { maxPool2dForward, reluForward } from '@convbook/core/reference';
import { html } from '@convbook/page/markup';
import type { Lesson } from '../../lesson.ts';
import { toRows } from '../../figure/rows.ts';
import { withParticle } from '../../figure/with-particle.ts';
import { pixelsOf, side } from './digits.ts';
import { filters, filterSide } from './filters.ts';
import { gameFigure } from './game-figure.ts';
import { mapsFigure } from './maps-figure.ts';

const two = toRows(pixelsOf('2'), side);
const features = filters.map(({ rows }) => crossCorrelation(two, rows));
const [, diagonal, vertical] = features;
const lowLine = crossCorrelation(two, filters[0].rows.toReversed());

/** Sum of a feature map after bias, ReLU and 2×2 max pooling, by the reference. */
function answerOf(feature: readonly (readonly number[])[], bias: number): number {
  const data = Float64Array.from(feature.flat(), (value) => value + bias);
  const shape = [1, 1, feature.length, feature.length];
  const once = { stride: [2, 2], padding: [0, 0] } as const;
  const { y } = maxPool2dForward({ shape, data: reluForward(data) }, [2, 2], once);
  return [...y.data].reduce((sum, value) => sum + value, 0);
}

const sums = (bias: number) => features.map((feature) => answerOf(feature, bias));

export const digitTwoLesson: Lesson = {
  id: 'digit-two',
  question: {
    en: 'A 2 is a bow, a slanting stroke and a line at the foot. How does a filter notice one of them?',
    ko: '숫자 2는 둥근 머리, 비스듬한 획, 아래의 가로줄로 이루어집니다. 필터는 이 가운데 하나를 어떻게 알아챌까요?',
  },
  parts: [
    {
      prose: html`<p>
          ${{
            en: 'A filter is a small picture of what it looks for. The diagonal filter has three ones on a slant: at each place it counts how many pixels with ink lie under its ones. Only where the 2 has a slanting stroke, it counts all three.',
            ko: '필터는 찾으려는 무늬를 담은 작은 그림입니다. 대각선 필터에는 1 세 개가 비스듬히 놓여 있어서, 위치마다 그 1 아래에 있는 획의 픽셀을 셉니다. 숫자 2에 비스듬한 획이 있는 곳에서만 셋을 모두 셉니다.',
          }}
        </p>
        <p>
          ${{
            en: 'A single pixel lies under a 1 almost anywhere, so a count of 1 means little. The bias −1 takes it away, and ReLU sets everything below 0 to 0. Max pooling then keeps the largest of each 2×2 window: whether the stroke was found there, no longer exactly where.',
            ko: '픽셀 하나쯤은 거의 어디서나 1 아래에 놓이므로 1이라는 값에는 별 뜻이 없습니다. 그래서 편향 −1로 이를 빼고, ReLU로 0보다 작은 값을 0으로 만듭니다. 그다음 최대 풀링이 2×2 윈도우마다 최댓값을 남깁니다. 획이 그 근처에 있는지만 남고 정확한 위치는 사라집니다.',
          }}
        </p>`,
    },
    {
      figure: mapsFigure,
      caption: {
        en: 'Press a pixel to draw or erase, a weight to change it (0, 1, −1), or a number of a feature map to see its sum and its window. Choose the 7: which filter answers strongest now?',
        ko: '픽셀을 누르면 그리거나 지우고, 가중치를 누르면 0, 1, −1로 바뀝니다. 특징 맵의 수를 누르면 그 계산과 윈도우가 나타납니다. 숫자 7을 골라 보십시오. 이번에는 어느 필터가 가장 강하게 반응합니까?',
      },
    },
    {
      prose: html`<h3>${{ en: 'Find a filter yourself', ko: '필터를 직접 찾아보기' }}</h3>
        <p>
          ${{
            en: 'Text E gives three filters. Here you look for one: it must answer to the 2 and stay silent at the 7. Both have a slanting stroke, so the diagonal filter answers to both. The score is the sum of the pooled numbers for the 2 less that for the 7.',
            ko: '글에는 필터 세 개가 주어져 있습니다. 이번에는 숫자 2에 반응하고 숫자 7에는 반응하지 않는 필터를 직접 찾아봅니다. 두 숫자 모두 비스듬한 획이 있으므로 대각선 필터는 둘 다에 반응합니다. 점수는 2에서 풀링한 값의 합에서 7에서 풀링한 값의 합을 뺀 것입니다.',
          }}
        </p>`,
    },
    {
      figure: gameFigure,
      caption: {
        en: 'The horizontal filter answers more to the 7, whose long line is at the top. Press its weights until the score is above 0; then beat 3, the score of the diagonal filter.',
        ko: '가로 필터는 맨 위에 긴 가로줄이 있는 7에 더 강하게 반응합니다. 가중치를 눌러 점수를 0보다 높인 다음, 대각선 필터의 점수인 3점을 넘어 보십시오.',
      },
    },
  ],
  notice: [
    {
      en: 'The diagonal filter answers strongest, with 1, 1, 2 and 2 after pooling: the 2 has a diagonal, and it runs through the lower half.',
      ko: '대각선 필터가 풀링 뒤 1, 1, 2, 2로 가장 강하게 반응합니다. 숫자 2에는 대각선이 있고, 그 대각선은 아래쪽 절반에 있습니다.',
    },
    {
      en: `The line at the foot of the 2 is its longest, yet the horizontal filter misses it: its ones are in the top row, which without padding never comes down to the last row. Put them into the bottom row: its sum rises from ${answerOf(features[0], -1)} to ${answerOf(lowLine, -1)}.`,
      ko: `숫자 2에서 가장 긴 것은 아래의 가로줄인데 가로 필터는 이를 놓칩니다. 1이 필터의 맨 윗줄에 있어서, 패딩이 없으면 숫자의 마지막 행까지 내려가지 못하기 때문입니다. 1을 필터의 맨 아랫줄로 옮기면 합이 ${answerOf(features[0], -1)}에서 ${withParticle(answerOf(lowLine, -1), '으로')} 늘어납니다.`,
    },
    {
      en: `The bias is the threshold of a filter. With bias 0 all three answer to almost anything: ${sums(0).join(', ')}. With −2 only the diagonal filter is left, where all three pixels agree: ${sums(-2).join(', ')}.`,
      ko: `편향은 필터가 반응하는 문턱입니다. 편향이 0이면 세 필터가 거의 무엇에나 반응합니다(${sums(0).join(', ')}). −2이면 픽셀 셋이 모두 맞는 곳에서 대각선 필터만 반응합니다(${sums(-2).join(', ')}).`,
    },
    {
      en: 'Weights of −1 forbid ink. A filter of ones and zeros cannot tell a line from a black area; one with −1 beside the line can.',
      ko: '가중치 −1은 그 자리에 획이 없기를 요구합니다. 1과 0만 있는 필터는 선과 꽉 찬 면을 구별하지 못하지만, 선 옆에 −1을 두면 구별할 수 있습니다.',
    },
    {
      en: 'Follow the hints from the horizontal filter: they end at 4, though 6 can be reached. Training, too, changes weights little by little towards a better score; it does so with slopes, for all weights at once.',
      ko: '가로 필터에서 시작하여 힌트만 따라가면 4점에서 멈추지만, 얻을 수 있는 최고점은 6점입니다. 학습도 이처럼 점수가 나아지는 쪽으로 가중치를 조금씩 바꿉니다. 다만 하나씩 시험하지 않고 기울기로 모든 가중치를 한꺼번에 바꿉니다.',
    },
  ],
  checks: [
    {
      question: {
        en: 'The diagonal filter reads the 2 with the bias −2 instead of −1. What is the sum of its pooled numbers?',
        ko: '숫자 2에 대각선 필터를 적용하되 편향을 −1 대신 −2로 합니다. 풀링한 값의 합은 얼마입니까?',
      },
      answer: answerOf(diagonal, -2),
      why: {
        en: 'Only the two numbers 3 of the feature map are above 2. Each leaves 1, and they lie in different pooling windows.',
        ko: '특징 맵에서 2보다 큰 수는 3 두 개뿐입니다. 각각 1이 남고, 서로 다른 풀링 윈도우에 있습니다.',
      },
    },
    {
      question: {
        en: 'From which bias downwards is the vertical filter silent at the 2? Give the largest whole number.',
        ko: '편향이 몇 이하이면 세로 필터가 숫자 2에 전혀 반응하지 않습니까? 가장 큰 정수를 쓰십시오.',
      },
      answer: -highest(vertical.flat()),
      why: {
        en: 'The largest number of its feature map is 2, and 2 − 2 is 0.',
        ko: '특징 맵의 최댓값이 2이고 2 − 2는 0이기 때문입니다.',
      },
    },
    {
      question: {
        en: 'How many numbers are left of the 36 pixels after one filter and 2×2 pooling?',
        ko: '픽셀 36개에 필터 하나와 2×2 풀링을 적용하면 수가 몇 개 남습니까?',
      },
      answer: outputSize(outputSize(side, filterSide, 1, 0), 2, 2, 0) ** 2,
      why: {
        en: '6 − 3 + 1 = 4 rows and columns in the feature map, 4 / 2 = 2 after pooling.',
        ko: '특징 맵은 6 − 3 + 1 = 4행 4열이고, 풀링하면 4 / 2 = 2행 2열입니다.',
      },
    },
  ],
  example: 'digit-two.example.ts',
  notebook: 'feature-maps',
  sources: [
    { source: 'E', where: { en: 'which feature is in a “2”?', ko: '숫자 2에서 특징 찾기' } },
    {
      source: 'B',
      where: { en: '§7.6, what filters look like after training', ko: '7.6절 시각화' },
    },
  ],
};
