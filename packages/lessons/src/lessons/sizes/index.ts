import { outputSize } from '@convbook/core';
import { presets, summarize } from '@convbook/layers';
import { formatCount, formatPercent, html } from '@convbook/page/markup';
import type { Lesson } from '../../lesson.ts';
import { withParticle } from '../../figure/with-particle.ts';
import { measure } from './measured.ts';
import { networkOf } from './network.ts';
import { sizesFigure } from './sizes-figure.ts';

const [taewan, plain, keras] = ['taewan', 'taewan-fc', 'keras-figure'].map((name) =>
  summarize(presets[name]),
);
const layerOf = ({ layers }: typeof taewan, name: string) =>
  layers.find((layer) => layer.name === name) ?? layers[0];
const [thirdConv, lastDense, kerasDense] = [
  layerOf(taewan, 'conv3'),
  layerOf(taewan, 'dense1'),
  layerOf(keras, 'dense1'),
];
const kerasConvWork = keras.layers
  .filter(({ kind }) => kind === 'conv2d')
  .reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0);
const parts = {
  parameters: formatPercent(kerasDense.parameters / keras.parameters, 0),
  work: formatPercent(kerasConvWork / keras.multiplyAdds, 0),
  ofPlain: formatPercent(taewan.parametersWithoutBias / plain.parametersWithoutBias, 1),
};
const tutorialField =
  measure(networkOf('tf-tutorial')).rows.find(({ name }) => name === 'conv3')?.field?.size[0] ?? 0;

export const sizesLesson: Lesson = {
  id: 'sizes',
  question: {
    en: 'Every text ends with a table of shapes and parameters. Can you fill it in yourself, and say what changes when one layer changes?',
    ko: '어느 글이든 끝에는 형상과 매개변수의 표가 나옵니다. 그 표를 직접 채울 수 있습니까? 층 하나를 바꾸면 무엇이 달라질까요?',
  },
  parts: [
    {
      prose: html`<p>
          ${{
            en: 'Four rules fill the whole table. A window of size F, with padding P and stride S, makes (H + 2P − F) / S + 1 rows of H; columns go the same way. A convolution has as many output channels as filters; pooling keeps its channels.',
            ko: '표 전체가 네 가지 규칙으로 채워집니다. 첫째, 크기 F인 윈도우를 패딩 P, 스트라이드 S로 옮기면 H행에서 (H + 2P − F) / S + 1행이 나오고, 열도 마찬가지입니다. 출력 채널은 합성곱에서는 필터 수와 같고, 풀링에서는 그대로입니다.',
          }}
        </p>
        <p>
          ${{
            en: 'A filter reads all channels of its input, so it has C · F · F weights, and one bias; a unit of a fully connected layer has a weight for every input. Each output costs one multiply-add a weight. And each number sees a part of the image, its receptive field, which grows by (F − 1) steps of the map that the window moves over.',
            ko: '둘째, 필터는 입력의 모든 채널을 보므로 가중치가 C · F · F개이고 편향이 하나 있습니다. 완전연결층의 뉴런은 입력마다 가중치를 하나씩 가집니다. 셋째, 출력 하나를 구할 때마다 가중치 수만큼 곱셈-누산을 합니다. 넷째, 출력의 수 하나가 보는 이미지 영역, 곧 수용 영역은 윈도우가 움직이는 맵의 간격으로 (F − 1)칸씩 넓어집니다.',
          }}
        </p>
        <p>
          ${{
            en: 'The table begins as text A’s network for 39×31 images. Press a row, change its filters, add a layer, make the image smaller until a layer no longer fits: the rest of the table follows.',
            ko: '처음에는 글 A의 39×31 신경망이 표에 들어 있습니다. 행을 눌러 필터 수를 바꾸고, 층을 더하고, 층이 맞지 않을 때까지 이미지를 줄여 보십시오. 표의 나머지는 저절로 따라옵니다.',
          }}
        </p>`,
    },
    {
      figure: sizesFigure,
      caption: {
        en: 'Press a row, or move with the arrow keys; the fields above change that layer. Multiply-adds, what a number sees and memory are those of one image; a number takes 4 bytes. Bars show where the parameters and the work are.',
        ko: '행을 누르거나 위아래 화살표 키로 고르면 위쪽 칸에서 그 층을 바꿀 수 있습니다. 곱셈-누산과 메모리는 이미지 한 장을 기준으로 하며, 수 하나는 4바이트입니다. 막대는 매개변수와 계산이 어디에 몰려 있는지 보여 줍니다.',
      },
    },
    {
      prose: html`<p>
          ${{
            en: '(C, H, W) and (H, W, C) are the same shape in two orders: PyTorch and text B put channels first, Keras and text A last. A batch of N images puts N in front of either, (N, C, H, W); no parameter depends on N.',
            ko: '(C, H, W)와 (H, W, C)는 같은 형상을 순서만 다르게 적은 것입니다. PyTorch와 글 B는 채널을 앞에, Keras와 글 A는 뒤에 적습니다. 이미지 N장의 배치는 어느 쪽이든 맨 앞에 N이 붙어 (N, C, H, W)처럼 되며, 매개변수의 수는 N과 상관이 없습니다.',
          }}
        </p>
        <p>
          ${{
            en: 'The texts count differently, too: A and D print parameters without biases, C with them, and a network really has them. The table has both.',
            ko: '매개변수를 세는 방법도 글마다 다릅니다. 글 A와 D는 편향을 빼고, 글 C는 편향까지 셉니다. 실제 신경망에는 편향이 있습니다. 표에는 둘 다 적었습니다.',
          }}
        </p>`,
    },
  ],
  notice: [
    {
      en: `Parameters and work are in different places. In keras-figure ${parts.parameters} of the parameters belong to the first fully connected layer, and ${parts.work} of the multiply-adds to the convolutions: a filter has few weights, but uses each at every position.`,
      ko: `매개변수가 많은 곳과 계산이 많은 곳은 다릅니다. keras-figure에서 매개변수의 ${parts.parameters}는 첫 완전연결층에, 곱셈-누산의 ${parts.work}는 합성곱에 있습니다. 필터의 가중치는 몇 개 안 되지만 모든 위치에서 다시 쓰이기 때문입니다.`,
    },
    {
      en: 'Choose keras-figure and press pool3: its input has 9 columns, windows of 2 leave the last one over, and 4.5 becomes 4. Keras, PyTorch and ONNX all round down; the values of that column are lost.',
      ko: 'keras-figure를 고르고 pool3을 눌러 보십시오. 입력이 9열이라 크기 2인 윈도우로는 마지막 한 열이 남고, 4.5는 4가 됩니다. Keras, PyTorch, ONNX 모두 내림을 하며, 그 열의 값은 버려집니다.',
    },
    {
      en: 'Choose batched-cnn and press conv2: 28 rows by a 3×3 filter with stride 2 and pad 1 would be 14.5, and become 14. Here nothing of the image is lost: the row that no window reaches is padding.',
      ko: 'batched-cnn을 고르고 conv2를 눌러 보십시오. 28행에 3×3 필터를 스트라이드 2, 패딩 1로 적용하면 14.5이므로 14가 됩니다. 그래도 이미지에서 버려지는 것은 없습니다. 윈도우가 닿지 않는 행은 패딩이기 때문입니다.',
    },
    {
      en: 'Make the image larger: no convolution gets a parameter more. Only the layer after flatten grows, because it has a weight for every number of the last map.',
      ko: '이미지를 키워 보십시오. 합성곱의 매개변수는 하나도 늘지 않습니다. 평탄화 다음의 완전연결층만 커집니다. 마지막 맵의 수마다 가중치가 하나씩 필요하기 때문입니다.',
    },
    {
      en: 'Pooling has no parameters, but it doubles the distance between neighbouring numbers, so every later window sees twice as far.',
      ko: '풀링에는 매개변수가 없지만, 이웃한 수 사이의 간격을 두 배로 벌리므로 그 뒤의 윈도우는 이미지를 두 배 멀리까지 봅니다.',
    },
  ],
  checks: [
    {
      question: {
        en: 'The third convolution of text A’s network has 60 filters of 3×3 over 40 channels. How many parameters is that, biases included?',
        ko: '글 A 신경망의 세 번째 합성곱은 채널 40개를 보는 3×3 필터 60개로 되어 있습니다. 편향까지 포함한 매개변수는 몇 개입니까?',
      },
      answer: thirdConv.parameters,
      why: {
        en: `60 · (40 · 3 · 3) = ${formatCount(thirdConv.parametersWithoutBias)} weights, and 60 biases.`,
        ko: `가중치가 60 · (40 · 3 · 3) = ${formatCount(thirdConv.parametersWithoutBias)}개이고, 편향이 60개입니다.`,
      },
    },
    {
      question: {
        en: 'A map of 7 rows goes through a 3×3 convolution with stride 2 and pad 1, as in the third block of text E. How many rows come out?',
        ko: '글 E의 세 번째 블록처럼 7행인 맵에 3×3 합성곱을 스트라이드 2, 패딩 1로 적용합니다. 출력은 몇 행입니까?',
      },
      answer: outputSize(7, 3, 2, 1),
      why: {
        en: '(7 + 2·1 − 3) / 2 + 1 is whole: nothing is rounded here.',
        ko: '(7 + 2·1 − 3) / 2 + 1은 정수이므로 내림이 필요 없습니다.',
      },
    },
    {
      question: {
        en: 'In tf-tutorial, how many rows of the image does one number of the third convolution see?',
        ko: 'tf-tutorial에서 세 번째 합성곱이 낸 수 하나는 이미지의 몇 행을 봅니까?',
      },
      answer: tutorialField,
      why: {
        en: 'The windows of 3, 2, 3, 2 and 3 rows move over maps whose numbers are 1, 1, 2, 2 and 4 rows of the image apart: 1 + 2·1 + 1·1 + 2·2 + 1·2 + 2·4.',
        ko: '3, 2, 3, 2, 3행인 윈도우가 움직이는 맵에서, 이웃한 수의 간격은 이미지의 1, 1, 2, 2, 4행입니다. 그래서 1 + 2·1 + 1·1 + 2·2 + 1·2 + 2·4입니다.',
      },
    },
  ],
  example: 'sizes.example.ts',
  notebook: 'model',
  sources: [
    {
      source: 'A',
      where: {
        en: '§3, the Keras model; §4, the table of the 39×31 network; §5, the comparison',
        ko: '3절 Keras 모델, 4절 39×31 신경망의 표, 5절 비교',
      },
    },
    {
      source: 'B',
      where: {
        en: '§7.5, SimpleConvNet; §7.7, LeNet',
        ko: '7.5절 합성곱 신경망 구현, 7.7절 LeNet',
      },
    },
    { source: 'C', where: { en: 'the model and its summary', ko: '모델과 그 요약' } },
    { source: 'D', where: { en: 'the two-stage network', ko: '합성곱이 두 번인 신경망' } },
    { source: 'E', where: { en: 'the PyTorch blocks', ko: 'PyTorch 블록' } },
  ],
  slips: [
    {
      en: `Text A multiplies 160 inputs by 100 classes to 160,000; it is ${formatCount(lastDense.parametersWithoutBias)}. So its network has ${formatCount(taewan.parametersWithoutBias)} parameters without biases, not 208,320, and ${parts.ofPlain} of those of the fully connected one, not 20%. The comparison is even better than it says.`,
      ko: `글 A는 입력 160개와 클래스 100개를 곱해 160,000으로 적었지만 ${withParticle(formatCount(lastDense.parametersWithoutBias), '이')} 맞습니다. 그래서 신경망의 매개변수는 편향을 빼고 208,320개가 아니라 ${formatCount(taewan.parametersWithoutBias)}개이고, 완전연결 신경망의 20%가 아니라 ${parts.ofPlain}입니다. 글이 말하는 것보다 차이가 더 큽니다.`,
    },
    {
      en: `Its table prints the filter of the third convolution as (2, 2); the shapes and the ${formatCount(thirdConv.parametersWithoutBias)} parameters beside it are those of 3×3.`,
      ko: `같은 표는 세 번째 합성곱의 필터를 (2, 2)로 적었지만, 옆에 적힌 형상과 매개변수 ${formatCount(thirdConv.parametersWithoutBias)}개는 3×3 필터일 때의 값입니다.`,
    },
    {
      en: 'Texts A and B ask that every division comes out even. Their rule is a good habit, not a law: A’s own Keras model pools 9 columns by 2, and E’s blocks turn 28 into 14.',
      ko: '글 A와 B는 나눗셈이 나누어떨어져야 한다고 합니다. 좋은 습관이지만 꼭 지켜야 하는 규칙은 아닙니다. 글 A의 Keras 모델도 9열을 2로 풀링하고, 글 E의 블록도 28을 14로 만듭니다.',
    },
  ],
};
