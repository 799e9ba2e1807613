import { outputSize } from '@convbook/core';
import { html } from '@convbook/page/markup';
import type { Lesson } from '../../lesson.ts';
import { sizesFigure } from './sizes-figure.ts';
import { windowCounts } from './numbers.ts';
import { windowFigure } from './window-figure.ts';

/** Sizes of a map as the same layer is applied over and over, for as long as the filter fits. */
function shrunk(size: number, filter: number, stride: number, padding: number, least: number) {
  const sizes = [size];
  for (let last = size; last > least && filter <= last + 2 * padding;) {
    last = outputSize(last, filter, stride, padding);
    sizes.push(last);
  }
  return sizes;
}

const sizeFormula = 'OH = (H + 2P − F) / S + 1';
const unpadded = shrunk(28, 5, 1, 0, 0);
const halved = shrunk(28, 3, 2, 1, 1).join(' → ');
const keeping = [0, 1, 2, 3, 4].findIndex((padding) => outputSize(28, 7, 1, padding) === 28);

/** Windows that read a corner and a middle place of the 4×4 input. */
const [bare, padded] = [0, 1].map((padding) => {
  const counts = windowCounts({ size: 4, filter: 3, stride: 1, padding });
  return { corner: counts[padding][padding], middle: counts[padding + 1][padding + 1] };
});

export const strideAndPaddingLesson: Lesson = {
  id: 'stride-and-padding',
  question: {
    en: 'How large is the output of a convolution? And what if the last step of the filter would go over the edge?',
    ko: '합성곱의 출력은 얼마나 클까요? 필터가 가장자리에서 딱 맞아떨어지지 않으면 어떻게 될까요?',
  },
  parts: [
    {
      prose: html`<p>
          ${{
            en: 'A filter must lie wholly on the input. So a 3×3 filter has only 2×2 places on a 4×4 input: every convolution shrinks its map. Padding puts zeros around the input and gives the filter more places. Stride says how far the filter moves at each step.',
            ko: '필터는 입력 위에 온전히 놓여야 합니다. 그래서 4×4 입력에 3×3 필터를 놓을 자리는 2×2곳뿐이고, 합성곱을 할 때마다 맵이 작아집니다. 패딩은 입력 둘레에 0을 채워 필터가 놓일 자리를 늘립니다. 스트라이드는 필터를 한 번에 몇 칸씩 옮길지를 정합니다.',
          }}
        </p>
        <p>
          ${{
            en: 'Below is the example of “Deep Learning from Scratch”: 4×4, padded by 1 on every side, so 6×6. Set the padding to 0 and the output is 2×2. Back to 1, set the stride to 2 and to 3. Then let the input show how many windows read each number, with padding 0 and 1: which places does padding help?',
            ko: '아래는 “밑바닥부터 시작하는 딥러닝”의 예입니다. 4×4의 네 변에 1칸씩 패딩하므로 6×6이 됩니다. 패딩을 0으로 하면 출력이 2×2가 됩니다. 다시 1로 하고 스트라이드를 2와 3으로 바꾸어 보십시오. 그다음 입력에 ‘그 자리를 읽는 윈도우 수’를 표시하고 패딩 0과 1을 비교하십시오. 패딩은 어느 자리에 도움이 됩니까?',
          }}
        </p>`,
    },
    {
      figure: windowFigure,
      caption: {
        en: 'Drag the window, press a number of the output, or use the arrow keys. Dashed: padding. Struck out: no window reaches it.',
        ko: '윈도우를 끌거나 출력의 수를 누르거나 화살표 키를 쓰십시오. 점선 칸은 패딩이고, 줄을 그은 칸에는 어떤 윈도우도 닿지 않습니다.',
      },
    },
    {
      prose: html`<p>
          ${{
            en: 'Now count the places. The padded input is H + 2P long. The first filter takes F of it; H + 2P − F is left. The filter can move on by S as often as S goes into that, and with the first place this makes',
            ko: '이제 자리를 세어 봅시다. 패딩한 입력의 길이는 H + 2P입니다. 처음 놓인 필터가 F칸을 차지하면 H + 2P − F칸이 남습니다. 이 안에 S가 몇 번 들어가는지가 필터를 옮길 수 있는 횟수이고, 첫 자리를 더하면 다음과 같습니다.',
          }}
        </p>
        <p class="stride-formula">${sizeFormula}</p>
        <p>
          ${{
            en: 'Columns follow the same rule by themselves, so one side is enough to see. With H = 4, F = 3, P = 1, S = 2 the formula gives 2.5, and the slides call that impossible. Press a blue number to see what fits.',
            ko: '열도 같은 식을 따로 따르므로 한 변만 보면 됩니다. H = 4, F = 3, P = 1, S = 2이면 식의 값이 2.5이고, 강의 슬라이드는 이를 불가능하다고 합니다. 파란 수를 눌러 무엇이 맞아떨어지는지 보십시오.',
          }}
        </p>`,
    },
    {
      figure: sizesFigure,
      caption: {
        en: 'In the table, press a stride and a padding, or use the arrow keys. The drawing shows one side of the input and below it the places of the filter; orange: no place reaches it.',
        ko: '표에서 스트라이드와 패딩을 누르거나 화살표 키로 고르십시오. 그림은 입력의 한 변과 그 아래에 필터가 놓이는 자리이고, 주황색 칸에는 필터가 닿지 않습니다.',
      },
    },
  ],
  notice: [
    {
      en: `Without padding, ${bare.corner} window reads a corner of the 4×4 input and ${bare.middle} read a number in the middle: what lies at the edge counts less. With padding 1 there are ${padded.corner} and ${padded.middle}. Padding also keeps deep networks from running out of map.`,
      ko: `패딩이 없으면 4×4 입력의 모서리는 윈도우 ${bare.corner}개가, 가운데의 수는 ${bare.middle}개가 읽어 가장자리의 정보가 덜 쓰입니다. 1칸 패딩하면 각각 ${padded.corner}개와 ${padded.middle}개가 됩니다. 패딩은 층을 깊이 쌓아도 맵이 사라지지 않게 합니다.`,
    },
    {
      en: '“Same” padding is P = (F − 1)/2 with stride 1. Put in, 2P − F + 1 is 0, so H stays: (28 + 2·1 − 3)/1 + 1 = 28. It needs an odd F. That is one reason why filters are 3×3 or 5×5 and rarely 4×4.',
      ko: '크기를 유지하는 패딩은 스트라이드가 1일 때 P = (F − 1)/2입니다. 식에 넣으면 2P − F + 1이 0이 되어 H가 그대로 남습니다. (28 + 2·1 − 3)/1 + 1 = 28입니다. F는 홀수여야 합니다. 필터에 3×3이나 5×5를 많이 쓰고 4×4를 잘 쓰지 않는 이유 가운데 하나입니다.',
    },
    {
      en: html`Where the formula is not whole, Keras, PyTorch and ONNX round down, and so do we by
        default: the last rows are never read. Ask for <code>rounding: 'exact'</code> and the layer
        refuses, and names the strides and paddings nearby that fit.`,
      ko: html`식의 값이 나누어떨어지지 않으면 Keras와 PyTorch는 내림을 합니다. 이 책의 코드도
        기본값은 내림이고, 마지막 행은 읽히지 않습니다. <code>rounding: 'exact'</code>를 쓰면 층이
        거부하면서 맞아떨어지는 가까운 스트라이드와 패딩을 알려 줍니다.`,
    },
    {
      en: `Rounding down is common: the PyTorch blocks of the slides convolve 28 by 3 with padding 1 and stride 2. That is 14.5, and they go on with 14: ${halved}.`,
      ko: `내림은 흔히 쓰입니다. 강의 슬라이드의 PyTorch 블록은 28에 필터 3, 패딩 1, 스트라이드 2를 씁니다. 값은 14.5이지만 14로 내려서 이어 갑니다. ${halved}.`,
    },
    {
      en: 'Padding and stride change height and width alone. 32×32×3 padded by 2 is 36×36×3, and a 5×5 filter brings it back to 32×32. They add no parameters.',
      ko: '패딩과 스트라이드는 높이와 너비만 바꿉니다. 32×32×3을 2칸씩 패딩하면 36×36×3이 되고, 5×5 필터를 거치면 다시 32×32가 됩니다. 매개변수는 늘지 않습니다.',
    },
  ],
  checks: [
    {
      question: {
        en: 'The input is 28×31, the filter 5×5, the padding 2, the stride 3. How many columns has the output?',
        ko: '입력은 28×31, 필터는 5×5, 패딩은 2, 스트라이드는 3입니다. 출력은 몇 열입니까?',
      },
      answer: outputSize(31, 5, 3, 2),
      why: {
        en: `(31 + 2·2 − 5)/3 + 1. The rows: (28 + 2·2 − 5)/3 + 1 = ${outputSize(28, 5, 3, 2)}.`,
        ko: `(31 + 2·2 − 5)/3 + 1입니다. 행은 (28 + 2·2 − 5)/3 + 1 = ${outputSize(28, 5, 3, 2)}입니다.`,
      },
    },
    {
      question: {
        en: 'Which padding keeps 28×28 with a 7×7 filter and stride 1?',
        ko: '7×7 필터와 스트라이드 1로 28×28을 유지하려면 패딩은 얼마여야 합니까?',
      },
      answer: keeping,
      why: { en: '(7 − 1)/2.', ko: '(7 − 1)/2입니다.' },
    },
    {
      question: {
        en: 'How many 5×5 convolutions without padding, stride 1, fit one after another on 28×28?',
        ko: '28×28에 패딩 없이 스트라이드 1인 5×5 합성곱을 잇달아 몇 번 할 수 있습니까?',
      },
      answer: unpadded.length - 1,
      why: {
        en: `Each takes 4: ${unpadded.join(' → ')}. On ${unpadded.at(-1)}×${unpadded.at(-1)} a 5×5 filter has no place.`,
        ko: `한 번에 4씩 줄어듭니다. ${unpadded.join(' → ')}. ${unpadded.at(-1)}×${unpadded.at(-1)}에는 5×5 필터를 놓을 자리가 없습니다.`,
      },
    },
  ],
  example: 'stride-and-padding.example.ts',
  notebook: 'model',
  sources: [
    { source: 'B', where: { en: '§7.2, padding and stride', ko: '7.2절 패딩과 스트라이드' } },
    {
      source: 'A',
      where: { en: 'stride, padding, size of the output', ko: '스트라이드, 패딩, 출력 크기 계산' },
    },
    {
      source: 'E',
      where: {
        en: 'stride and output size; the PyTorch model',
        ko: '스트라이드와 출력 크기, PyTorch 모델',
      },
    },
    { source: 'D', where: { en: '§4.2, hyper-parameters', ko: '4.2절 하이퍼파라미터' } },
  ],
  slips: [
    {
      en: 'The notes on “Deep Learning from Scratch” say that a 4×4 input padded by 1 becomes 5×5. It becomes 6×6: one row is added above and one below, one column on the left and one on the right. That is the 2 in 2P.',
      ko: '“밑바닥부터 시작하는 딥러닝” 정리에는 4×4 입력을 1칸 패딩하면 5×5가 된다고 적혀 있지만 6×6이 맞습니다. 위와 아래에 한 행씩, 왼쪽과 오른쪽에 한 열씩 늘어납니다. 식의 2P에 있는 2가 바로 이것입니다.',
    },
    {
      en: 'Texts A and B demand a whole number, and a pooled map that is a multiple of the window. A’s own Keras model does without: it pools a map of 24×9 by 2 and goes on with 12×4. The ninth column falls away.',
      ko: '글 A와 B는 식의 값이 정수여야 하고 풀링할 맵은 윈도우의 배수여야 한다고 합니다. 그러나 글 A의 Keras 모델도 이를 지키지 않습니다. 24×9 맵을 2로 풀링하여 12×4를 얻으며, 아홉째 열은 쓰이지 않습니다.',
    },
  ],
};
