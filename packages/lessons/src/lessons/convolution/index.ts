import { crossCorrelation, discreteConvolution, highest, outputSize } from '@convbook/core';
import { formatCount, html } from '@convbook/page/markup';
import { defineFigure } from '../../figure/figure.ts';
import { writtenNumber, writtenProducts } from '../../figure/written-sum.ts';
import type { Lesson } from '../../lesson.ts';
import { withParticle } from '../../figure/with-particle.ts';
import { image, namedKernels } from './kernels.ts';
import { convolved, signalFigure } from './signal-figure.ts';
import { windowFigure } from './window-figure.ts';

const [cross] = namedKernels;
const most = highest(crossCorrelation(image, cross.rows).flat());
const [signal, filter] = [signalFigure.start.x.length, signalFigure.start.h.length];
const long = outputSize(signal, filter, 1, filter - 1);
const short = outputSize(5, 3, 1, 0);

const asked = { x: [1, 2, 3], h: [0, 1, 0.5] };
const askedWindow = [
  [1, 2, 3],
  [0, 1, 2],
  [3, 0, 1],
];
const askedFilter = [
  [2, 0, 1],
  [0, 1, 2],
  [1, 0, 2],
];
const [[asItIs]] = crossCorrelation(askedWindow, askedFilter);
const [[turned]] = discreteConvolution(askedWindow, askedFilter);
const turnedWeights = askedFilter.flat().toReversed();
const written = writtenProducts(
  askedWindow.flat().map((value, k) => [value, turnedWeights[k]] as const),
);
const side = outputSize(28, 5, 1, 0);
const products = side ** 2 * 5 ** 2;

const rowsText = (rows: readonly (readonly number[])[]) =>
  html`<code>[${rows.map((row) => row.join(' ')).join('; ')}]</code>`;

export const convolutionLesson: Lesson = {
  id: 'convolution',
  question: {
    en: 'A convolution makes a feature map from an image. Where does one number of the map come from? And why does the formula turn the filter round while a layer does not?',
    ko: '합성곱은 이미지로 특징 맵을 만듭니다. 특징 맵의 수 하나는 어떻게 나올까요? 또 공식에서는 필터를 뒤집는데 합성곱층은 왜 뒤집지 않을까요?',
  },
  parts: [
    {
      prose: html`<p>
          ${{
            en: html`A filter slides over numbers. At each place it multiplies each number by the
            weight that lies on it, and adds up the products. Begin with a single row: let x be a
            sound, one number a moment, and h its echo. A sound is heard at full strength now
            (h[0]&nbsp;=&nbsp;1), at half of it one moment later (h[1]&nbsp;=&nbsp;0.5), and at a
            quarter one moment after that (h[2]&nbsp;=&nbsp;0.25).`,
            ko: html`합성곱은 필터를 수 위로 옮기면서, 자리마다 겹친 수와 가중치를 곱해 모두
            더합니다. 먼저 한 줄짜리 신호로 시작하겠습니다. x는 소리의 크기를 순간마다 수 하나로
            적은 것이고, h는 그 메아리입니다. 소리는 난 순간에는 그대로(h[0]&nbsp;=&nbsp;1), 다음
            순간에는 절반으로(h[1]&nbsp;=&nbsp;0.5), 그다음 순간에는 4분의
            1로(h[2]&nbsp;=&nbsp;0.25) 들립니다.`,
          }}
        </p>
        <p>
          ${{
            en: html`At moment n you hear the newest number times h[0], the one before it times
              h[1], and so on: <code class="option">t[n] = Σ x[k] · h[n − k]</code>, summed over k.
              The older a number, the further on in h is its weight. So h lies under x from right to
              left: the filter is turned round. Slide it.`,
            ko: html`순간 n에 들리는 소리는 방금 난 소리에 h[0]을, 그 앞 소리에 h[1]을, 그보다 앞
              소리에 h[2]를 곱해 모두 더한 것입니다. 식으로 쓰면
              <code class="option">t[n] = Σ x[k] · h[n − k]</code>이고, 모든 k에 대해 더합니다.
              오래된 소리일수록 h의 뒤쪽 가중치를 만나므로, h는 x 아래에 오른쪽에서 왼쪽으로
              놓입니다. 필터가 뒤집히는 까닭이 이것입니다. 필터를 옮겨 보십시오.`,
          }}
        </p>`,
    },
    {
      figure: defineFigure(signalFigure),
      caption: {
        en: 'Drag the filter along the signal, press a column of the echoes, or use the arrow keys. Dashed zeros are padding. Read t[n] in the first table as the sum of the products under the filter, or in the second as the sum of a column.',
        ko: '신호를 따라 필터를 끌거나, 메아리 표의 열을 누르거나, 화살표 키를 쓰십시오. 점선 칸의 0은 패딩입니다. t[n]은 첫째 표에서는 필터 아래에 적힌 곱의 합이고, 둘째 표에서는 한 열의 합입니다.',
      },
    },
    {
      prose: html`<p>
        ${{
          en: html`In an image the filter has rows and columns. A 3×3 filter w lies on nine numbers:
            nine products, one sum, one number of the map:
            <code class="option">y[i][j] = Σ x[i + a][j + b] · w[a][b]</code>, summed over a and b.
            This formula does not turn the filter. It is what the layers of a network compute, and
            its strict name is cross-correlation. The convolution of mathematics turns the filter by
            180° first. Choose filters and compare both outputs.`,
          ko: html`이미지에서는 필터에도 행과 열이 있습니다. 3×3 필터 w는 수 아홉 개를 덮으므로, 곱
            아홉 개를 더해 특징 맵의 수 하나가 나옵니다. 식은
            <code class="option">y[i][j] = Σ x[i + a][j + b] · w[a][b]</code>이고, 모든 a와 b에 대해
            더합니다. 이 식은 필터를 뒤집지 않습니다. 신경망의 합성곱층이 실제로 하는 계산이며,
            엄밀한 이름은 교차 상관입니다. 수학의 합성곱은 먼저 필터를 180° 돌립니다. 필터를 바꿔
            가며 두 출력을 비교해 보십시오.`,
        }}
      </p>`,
    },
    {
      figure: defineFigure(windowFigure),
      caption: {
        en: 'Drag the window over the image, press a number of either output, or press Play. Open “Change the filter” or “Change the image” to type numbers of your own.',
        ko: '이미지 위에서 윈도우를 끌거나, 두 출력 가운데 한쪽의 수를 누르거나, ‘재생’을 누르십시오. ‘필터 바꾸기’와 ‘이미지 바꾸기’를 열면 수를 직접 넣을 수 있습니다.',
      },
    },
    {
      prose: html`<p>
        ${{
          en: html`Why does a layer not turn its filter? Because it learns the weights. A layer that
            turned its filter would learn the same weights the other way round, and give the same
            outputs: turning would be work for nothing. Mathematics turns it for two rules: a single
            1 is answered by the filter itself, and signal and filter may change places,
            <code class="option">x ∗ h = h ∗ x</code>. The layers kept the name.`,
          ko: html`합성곱층은 왜 필터를 뒤집지 않을까요? 가중치를 학습하기 때문입니다. 필터를 뒤집어
            쓰는 층이라면 같은 가중치를 거꾸로 된 순서로 배울 뿐이고 출력은 똑같으므로, 굳이 뒤집을
            이유가 없습니다. 수학에서는 두 가지 성질을 얻으려고 뒤집습니다. 1 하나를 넣으면 필터가
            그대로 나오고, 신호와 필터를 서로 바꾸어도 결과가 같습니다(<code class="option"
              >x ∗ h = h ∗ x</code
            >). 합성곱층은 그 이름만 물려받았습니다.`,
        }}
      </p>`,
    },
  ],
  notice: [
    {
      en: 'Press “A single 1”: t is now the filter h itself, starting where the 1 stands. A signal is a row of such ones, each multiplied, and t adds up their echoes.',
      ko: '‘1 하나만 넣기’를 누르면, t에는 1이 있는 자리부터 필터 h가 그대로 나타납니다. 신호는 크기가 저마다 다른 이런 1을 늘어놓은 것과 같고, t는 그 메아리를 모두 더한 것입니다.',
    },
    {
      en: `With zeros around it, a signal of ${signal} and a filter of ${filter} give ${signal} + ${filter} − 1 = ${long} numbers. Without padding, the 5×5 image and the 3×3 filter give 5 − 3 + 1 = ${short} rows and columns: the filter must not stand over the edge.`,
      ko: `둘레에 0을 두면 길이 ${signal}인 신호와 길이 ${filter}인 필터에서 ${signal} + ${filter} − 1 = ${long}개의 수가 나옵니다. 패딩이 없으면 5×5 이미지와 3×3 필터에서 행과 열이 5 − 3 + 1 = ${short}개씩 나옵니다. 필터가 이미지 밖으로 나갈 수 없기 때문입니다.`,
    },
    {
      en: `The X counts how many of its five ones lie on ones of the image. Its largest output, ${most}, marks where the image looks most like the filter. That is what “a filter finds a feature” means.`,
      ko: `X 모양 필터는 자신의 1 다섯 개 가운데 몇 개가 이미지의 1과 겹치는지 셉니다. 가장 큰 출력 ${withParticle(most, '은')} 이미지가 필터와 가장 닮은 자리입니다. ‘필터가 특징을 찾는다’는 말이 이 뜻입니다.`,
    },
    {
      en: 'Turning does not change the X, the identity, the edge filters or “sharpen”. It changes the sign of both Sobel filters. With “1 to 9”, press “One bright pixel”: the convolution gives 1 to 9 back, the cross-correlation gives 9 to 1.',
      ko: 'X 모양, 항등, 에지, 선명하게 필터는 돌려도 그대로이고, 두 소벨 필터는 부호가 바뀝니다. 필터를 ‘1부터 9까지’로 하고 ‘밝은 픽셀 하나’를 누르면, 합성곱은 1부터 9를 그대로 돌려주고 교차 상관은 9부터 1을 돌려줍니다.',
    },
    {
      en: `All ${short ** 2} places share the same 9 weights. A fully connected layer from 25 to ${short ** 2} numbers would have ${25 * short ** 2}.`,
      ko: `${short ** 2}곳 모두 같은 가중치 9개를 함께 씁니다. 수 25개를 ${short ** 2}개로 잇는 완전연결층이라면 가중치가 ${25 * short ** 2}개입니다.`,
    },
  ],
  checks: [
    {
      question: {
        en: html`The signal is ${rowsText([asked.x])}, the filter ${rowsText([asked.h])}. How large
        is t[2]?`,
        ko: html`신호가 ${rowsText([asked.x])}이고 필터가 ${rowsText([asked.h])}입니다. t[2]는
        얼마입니까?`,
      },
      answer: convolved(asked.x, asked.h)[2],
      why: {
        en: `x[0] × h[2] + x[1] × h[1] + x[2] × h[0] = ${writtenProducts(asked.x.map((value, k) => [value, asked.h[2 - k]] as const))}.`,
        ko: `x[0] × h[2] + x[1] × h[1] + x[2] × h[0] = ${writtenProducts(asked.x.map((value, k) => [value, asked.h[2 - k]] as const))}입니다.`,
      },
    },
    {
      question: {
        en: html`A window holds ${rowsText(askedWindow)}, the filter is ${rowsText(askedFilter)}. A
        layer computes ${writtenNumber(asItIs)} here. Which number does the convolution of
        mathematics give?`,
        ko: html`윈도우의 수가 ${rowsText(askedWindow)}이고 필터가 ${rowsText(askedFilter)}이면,
        합성곱층의 출력은 ${writtenNumber(asItIs)}입니다. 수학의 합성곱은 얼마입니까?`,
      },
      answer: turned,
      why: {
        en: html`Turned by 180°, the filter is
        ${rowsText(askedFilter.map((row) => row.toReversed()).toReversed())}: ${written}.`,
        ko: html`필터를 180° 돌리면
        ${rowsText(askedFilter.map((row) => row.toReversed()).toReversed())}이므로 ${written}입니다.`,
      },
    },
    {
      question: {
        en: 'A 5×5 filter slides over a 28×28 image without padding, stride 1. How many products does it take in all?',
        ko: '5×5 필터를 28×28 이미지에 패딩 없이 스트라이드 1로 적용합니다. 곱셈은 모두 몇 번입니까?',
      },
      answer: products,
      why: {
        en: `28 − 5 + 1 = ${side} places along each side, each with 5 × 5 products: ${side} × ${side} × 25 = ${formatCount(products)}.`,
        ko: `한 변에 28 − 5 + 1 = ${side}곳이 있고 곳마다 5 × 5번 곱합니다. ${side} × ${side} × 25 = ${formatCount(products)}번입니다.`,
      },
    },
  ],
  example: 'convolution.example.ts',
  notebook: 'pixel',
  sources: [
    { source: 'E', where: { en: 'discrete convolution', ko: '이산 합성곱' } },
    { source: 'A', where: { en: '§2.1, convolution', ko: '2.1절 합성곱' } },
    { source: 'B', where: { en: '§7.2, convolution layer', ko: '7.2절 합성곱 계층' } },
    { source: 'D', where: { en: 'convolution', ko: '합성곱' } },
  ],
};
