import { outputSize } from '@convbook/core';
import { avgPool2dBackward } from '@convbook/core/reference';
import { formatCount, formatShape, html } from '@convbook/page/markup';
import { someDigits } from '../../data/mnist.ts';
import type { Lesson } from '../../lesson.ts';
import { denseParameters, poolingShapes } from './counts.ts';
import { gradientFigure } from './gradient-figure.ts';
import { shiftFigure } from './shift-figure.ts';
import { windowFigure } from './window-figure.ts';

const [inside, outside] = [poolingShapes.inputShape, poolingShapes.outputShape].map(formatShape);
const [pooled, unpooled] = [denseParameters.pooled, denseParameters.unpooled].map(formatCount);

/** Gradient of each number of a 2×2 window whose average has gradient 6. */
const [share] = avgPool2dBackward(
  { shape: [1, 1, 2, 2], data: new Float64Array(4) },
  [2, 2],
  { stride: [2, 2], padding: [0, 0] },
  Float64Array.of(6),
);

export const poolingLesson: Lesson = {
  id: 'pooling',
  question: {
    en: 'A feature map says where something is, to the pixel. Does the next layer need to know it so exactly?',
    ko: '특징 맵은 무엇이 어디에 있는지를 픽셀 하나까지 알려 줍니다. 다음 층이 그렇게까지 정확히 알아야 할까요?',
  },
  parts: [
    {
      prose: html`<p>
        ${{
          en: 'Pooling looks through a window, as a convolution does, but it has no weights: it keeps the largest number in the window, their mean, or the smallest. The window then moves on by the stride. These are the numbers of the lecture slides; drag the window.',
          ko: '풀링도 합성곱처럼 윈도우로 들여다보지만 가중치가 없습니다. 윈도우 안의 최댓값이나 평균, 또는 최솟값 하나만 남기고 스트라이드만큼 옮겨 갑니다. 강의 슬라이드의 예를 그대로 가져왔습니다. 윈도우를 끌어 보십시오.',
        }}
      </p>`,
    },
    {
      figure: windowFigure,
      caption: {
        en: 'Drag the window over the input, press a number of an output, or use the arrow keys. Set the window to 3 and the stride to 1: the windows overlap. Set the stride to 4: some numbers are in no window.',
        ko: '입력 위에서 윈도우를 끌거나, 출력의 수를 누르거나, 화살표 키를 쓰십시오. 윈도우를 3, 스트라이드를 1로 하면 윈도우가 겹칩니다. 스트라이드를 4로 하면 어느 윈도우에도 들지 않는 수가 생깁니다.',
      },
    },
    {
      prose: html`<p>
          ${{
            en: html`Each channel is pooled by itself, so their number stays: the pooling layer of
            “Deep Learning from Scratch” makes ${outside} of ${inside}. The dense layer after it
            then has ${pooled} parameters; without the pooling it would have ${unpooled}.`,
            ko: html`풀링은 채널마다 따로 하므로 채널 수는 그대로입니다. “밑바닥부터 시작하는
            딥러닝”의 풀링 층은 ${inside} 맵을 ${outside} 맵으로 줄입니다. 그래서 다음 완전연결층의
            매개변수는 ${pooled}개이며, 풀링이 없다면 ${unpooled}개가 됩니다.`,
          }}
        </p>
        <p>
          ${{
            en: 'The other gain: a feature may lie a little to the side. Shift a digit by a pixel or more, then make the window larger, and watch which outputs stay.',
            ko: '풀링으로 얻는 것이 하나 더 있습니다. 특징이 조금 옆으로 옮겨 가도 괜찮습니다. 숫자를 한두 픽셀 옮기고 윈도우를 키우면서 어떤 출력이 그대로인지 살펴보십시오.',
          }}
        </p>`,
    },
    {
      figure: shiftFigure,
      caption: {
        en: 'Upper row: the pixels. Lower row: the same pooled. Difference: blue where a value rose, orange where it fell. Outputs that are 0 both times are not counted. Shift by exactly the stride: the whole pooled map moves by one place.',
        ko: '윗줄은 픽셀, 아랫줄은 풀링한 결과입니다. 차이는 값이 커진 곳이 파란색, 작아진 곳이 주황색입니다. 앞뒤 모두 0인 출력은 세지 않습니다. 스트라이드만큼 정확히 옮기면 풀링한 맵 전체가 한 칸 옮겨집니다.',
      },
    },
    {
      prose: html`<p>
        ${{
          en: 'In training the gradients come back through the same windows. There is no weight to change, but the layer below needs to know which of its numbers counted. Max pooling hands the whole gradient to the winner; average pooling shares it out.',
          ko: '학습할 때는 기울기가 같은 윈도우를 거꾸로 지나갑니다. 바꿀 가중치는 없지만, 아래층은 자기가 낸 수 가운데 어느 것이 결과를 정했는지 알아야 합니다. 최대 풀링은 최댓값을 낸 자리에 기울기를 모두 주고, 평균 풀링은 똑같이 나누어 줍니다.',
        }}
      </p>`,
    },
    {
      figure: gradientFigure,
      caption: {
        en: 'Press a gradient of the output. Set the window to 3 and the stride to 1: a number that wins several windows gets the sum of their gradients.',
        ko: '출력의 기울기를 하나 누르십시오. 윈도우를 3, 스트라이드를 1로 하면 여러 윈도우에서 최댓값인 수는 그 기울기를 모두 더해 받습니다.',
      },
    },
  ],
  notice: [
    {
      en: 'A 2×2 window with stride 2 keeps a quarter of the numbers, whatever the map shows; fewer where a side is odd: 7×7 becomes 3×3.',
      ko: '2×2 윈도우를 스트라이드 2로 옮기면, 맵이 무엇을 나타내든 수의 4분의 1만 남습니다. 변의 길이가 홀수이면 더 적게 남습니다. 7×7은 3×3이 됩니다.',
    },
    {
      en: 'There is nothing to learn here: pooling has no parameters. Only kind, window, stride and padding are chosen.',
      ko: '여기에는 학습할 것이 없습니다. 풀링에는 매개변수가 없고, 종류와 윈도우, 스트라이드, 패딩만 정해 줍니다.',
    },
    {
      en: 'With a stride smaller than the window, windows overlap, and one large number appears several times. AlexNet pools so: window 3, stride 2.',
      ko: '스트라이드가 윈도우보다 작으면 윈도우가 겹쳐서 큰 수 하나가 여러 번 나타납니다. AlexNet이 이렇게 윈도우 3, 스트라이드 2로 풀링합니다.',
    },
    {
      en: 'As a rule, the larger the window, the fewer outputs of max pooling a shift changes. One window over the whole digit does not change at all: it knows that there is ink, and no longer where.',
      ko: '대체로 윈도우가 클수록 숫자를 옮겨도 바뀌는 최대 풀링의 출력이 적습니다. 숫자 전체를 덮는 윈도우의 출력은 전혀 바뀌지 않습니다. 획이 있다는 것만 남고 어디에 있는지는 사라집니다.',
    },
    {
      en: 'Pooling tolerates small shifts, it does not undo them: a 2×2 window still changes most of its outputs. A mean changes nearly always, but only a little.',
      ko: '풀링은 작은 이동에 둔감할 뿐 이동을 없애지는 않습니다. 2×2 윈도우에서는 여전히 출력의 대부분이 바뀝니다. 평균은 거의 언제나 바뀌지만, 바뀌는 양이 작습니다.',
    },
    {
      en: 'Gradients are handed on whole: the sum below equals the sum above. Where two numbers of a window are equal, the first one takes it all.',
      ko: '기울기는 빠짐없이 전해집니다. 아래의 합은 위의 합과 같습니다. 윈도우에 같은 최댓값이 둘이면 먼저 나온 것이 모두 받습니다.',
    },
  ],
  checks: [
    {
      question: {
        en: 'A 24×9 map goes through 2×2 pooling with stride 2. How many columns has the output?',
        ko: '24×9 맵에 2×2 풀링을 스트라이드 2로 적용합니다. 출력은 몇 열입니까?',
      },
      answer: outputSize(9, 2, 2, 0),
      why: {
        en: '⌊(9 − 2) / 2⌋ + 1: the ninth column is in no window.',
        ko: '⌊(9 − 2) / 2⌋ + 1입니다. 아홉째 열은 어느 윈도우에도 들지 않습니다.',
      },
    },
    {
      question: {
        en: 'AlexNet pools a 55×55 map by windows of 3×3 with stride 2. How many rows has the output?',
        ko: 'AlexNet은 55×55 맵을 3×3 윈도우와 스트라이드 2로 풀링합니다. 출력은 몇 행입니까?',
      },
      answer: outputSize(55, 3, 2, 0),
      why: {
        en: '(55 − 3) / 2 + 1. Neighbouring windows share a row.',
        ko: '(55 − 3) / 2 + 1입니다. 이웃한 윈도우는 한 줄을 함께 봅니다.',
      },
    },
    {
      question: {
        en: 'An output of 2×2 average pooling has gradient 6. What does each number of its window get?',
        ko: '2×2 평균 풀링의 출력 하나에 기울기 6이 왔습니다. 윈도우의 수는 각각 얼마를 받습니까?',
      },
      answer: share,
      why: {
        en: '6 / 4: each of the four numbers counts for a quarter of the mean.',
        ko: '6 / 4입니다. 수 네 개가 저마다 평균의 4분의 1을 이룹니다.',
      },
    },
  ],
  example: 'pooling.example.ts',
  data: { 'some-digits': someDigits },
  notebook: 'feature-maps',
  sources: [
    {
      source: 'E',
      where: { en: 'pooling, the 6×6 example', ko: '풀링, 6×6 예제' },
    },
    { source: 'A', where: { en: '§2.6, pooling layers', ko: '2.6절 풀링 레이어' } },
    {
      source: 'B',
      where: { en: '§7.3, pooling layers; §7.7, AlexNet', ko: '7.3절 풀링 계층, 7.7절 AlexNet' },
    },
    { source: 'D', where: { en: '§4.2, hyper-parameters', ko: '4.2절 하이퍼파라미터' } },
  ],
  slips: [
    {
      en: 'Texts A and B ask for an input that is a multiple of the window. A’s own Keras model pools 9 columns by 2 and rightly prints 4: Keras and PyTorch round down, and so does this book.',
      ko: '글 A와 B는 풀링의 입력이 윈도우의 배수여야 한다고 합니다. 그런데 글 A의 Keras 모델은 9열을 2로 풀링하여 4열을 얻으며, 이것이 맞습니다. Keras와 PyTorch는 나머지를 버리고, 이 책도 그렇게 합니다.',
    },
  ],
};
