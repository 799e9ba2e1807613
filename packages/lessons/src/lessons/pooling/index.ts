import { outputSize } from '@convbook/core';
import { html } from '@convbook/page/markup';
import type { Lesson } from '../../lesson.ts';
import { windowFigure } from './window-figure.ts';

export const poolingLesson: Lesson = {
  id: 'pooling',
  title: { en: 'Pooling', ko: '풀링' },
  question: {
    en: 'A feature map says where something is, to the pixel. Does the next layer need to know it so exactly?',
    ko: '특징 맵은 무엇이 어디에 있는지를 픽셀 하나까지 알려 줍니다. 다음 층이 그렇게까지 정확히 알아야 할까요?',
  },
  parts: [
    {
      prose: html`<p>
        ${{
          en: 'Pooling looks through a window, as a convolution does, but it has no weights: it keeps the largest number in the window, their mean, or the smallest. The window then moves on by the stride. Drag it.',
          ko: '풀링도 합성곱처럼 윈도우로 들여다보지만 가중치가 없습니다. 윈도우 안의 최댓값이나 평균, 또는 최솟값 하나만 남기고, 스트라이드만큼 옮겨 갑니다. 윈도우를 끌어 보십시오.',
        }}
      </p>`,
    },
    {
      figure: windowFigure,
      caption: {
        en: 'Drag the window over the input, press a number of the output, or use the arrow keys. The numbers can be changed.',
        ko: '입력 위에서 윈도우를 끌거나, 출력의 수를 누르거나, 화살표 키를 쓰십시오. 입력값은 바꿀 수 있습니다.',
      },
    },
  ],
  notice: [
    {
      en: 'A 2×2 window with stride 2 keeps a quarter of the numbers, whatever the map shows.',
      ko: '2×2 윈도우를 스트라이드 2로 옮기면, 맵이 무엇을 나타내든 수의 4분의 1만 남습니다.',
    },
    {
      en: 'With a stride smaller than the window, windows overlap, and one large number appears several times.',
      ko: '스트라이드가 윈도우보다 작으면 윈도우가 겹쳐서 큰 수 하나가 여러 번 나타납니다.',
    },
    {
      en: 'There is nothing to learn here: pooling has no parameters.',
      ko: '여기에는 학습할 것이 없습니다. 풀링에는 매개변수가 없습니다.',
    },
  ],
  checks: [
    {
      question: {
        en: 'A 28×28 map goes through 2×2 pooling with stride 2. How many rows has the output?',
        ko: '28×28 맵에 2×2 풀링을 스트라이드 2로 적용합니다. 출력은 몇 행입니까?',
      },
      answer: outputSize(28, 2, 2, 0),
      why: { en: '(28 − 2) / 2 + 1.', ko: '(28 − 2) / 2 + 1입니다.' },
    },
  ],
  example: 'pooling.example.ts',
  sources: [
    { source: 'E', where: { en: 'pooling', ko: '풀링' } },
    { source: 'A', where: { en: '§2.6, pooling layers', ko: '2.6절 풀링 레이어' } },
  ],
};
