import { summarize } from '@convbook/layers';
import { formatCount, formatNumber, formatPercent, html } from '@convbook/page/markup';
import results from '../../assets/plain-network.json' with { type: 'json' };
import { assetBytes } from '../../data/asset.ts';
import { digitSide } from '../../data/digits.ts';
import { hundredDigits } from '../../data/mnist.ts';
import type { Lesson } from '../../lesson.ts';
import { withParticle } from '../../figure/with-particle.ts';
import { flattenFigure } from './flatten-figure.ts';
import { models } from './models.ts';
import { weights } from './networks.ts';
import { shiftFigure } from './shift-figure.ts';
import { comparedModels, sizesFigure } from './sizes-figure.ts';

const [plain, convolutional] = [summarize(models.plain), summarize(models.convolutional)];
const compared = comparedModels(1);
const share = ({ correct, samples }: { correct: number; samples: number }) =>
  formatPercent(correct / samples);

/** The total that text A prints, with one zero too many in its last layer. */
const printedTotal = 208_320;
const fullTotal = compared.plain.parametersWithoutBias;
const trueTotal = compared.convolutional.parametersWithoutBias;
const lastLayer = compared.convolutional.layers[compared.convolutional.layers.length - 1];
const [lastInputs, classes] = [lastLayer.inputShape[0], lastLayer.outputShape[0]];

export const plainNetworkLesson: Lesson = {
  id: 'plain-network',
  question: {
    en: 'A fully connected network can read an image, too: its pixels are numbers. What does it not know about them?',
    ko: '이미지의 픽셀도 수이므로 완전연결 신경망에 넣을 수 있습니다. 그런데 이 신경망은 픽셀에 대해 무엇을 모르고 있을까요?',
  },
  parts: [
    {
      prose: html`<p>
        ${{
          en: html`A fully connected layer takes a list. So an image of ${digitSide} × ${digitSide}
          pixels is first flattened: row after row, into ${digitSide ** 2} numbers. Choose a pixel
          and see where its four neighbours go. Then shuffle the pixels: a plain network whose
          weights are put in the same order gives the same answer, because its sum is the same. It
          has no idea which pixels touch. The convolutional network relies on neighbours, and is
          lost.`,
          ko: html`완전연결층은 한 줄로 늘어선 수를 받습니다. 그래서 ${digitSide} × ${digitSide}
          이미지를 먼저 한 행씩 이어 붙여 수 ${digitSide ** 2}개로 펼칩니다. 픽셀을 하나 골라
          상하좌우 이웃이 어디로 가는지 보십시오. 이번에는 픽셀을 뒤섞어 보십시오. 가중치도 같은
          순서로 옮기면 더하는 수가 그대로이므로 완전연결 신경망의 답은 바뀌지 않습니다. 어느 픽셀이
          서로 붙어 있는지 처음부터 모르기 때문입니다. 합성곱 신경망은 이웃한 픽셀을 함께 보기
          때문에 뒤섞은 이미지에서는 엉뚱한 답을 냅니다.`,
        }}
      </p>`,
    },
    {
      figure: flattenFigure,
      caption: {
        en: 'Press or drag over the digit, or use the arrow keys. The strip below has all pixels in one row.',
        ko: '숫자 위를 누르거나 끌어 보십시오. 화살표 키로도 픽셀을 고를 수 있습니다. 아래 띠는 모든 픽셀을 한 줄로 늘어놓은 것입니다.',
      },
    },
    {
      prose: html`<p>
        ${{
          en: html`Two networks were trained for this page on the same 60,000 digits,
          ${results.plain.epochs} epochs each. The plain one (${digitSide ** 2} → 64 → 10) has
          ${formatCount(plain.parameters)} parameters and gets ${share(results.plain)} of the
          ${formatCount(results.plain.samples)} test images right. The convolutional one (8 filters
          5 × 5, pooling, 16 filters 5 × 5, pooling, 10 units) has
          ${formatCount(convolutional.parameters)} and gets ${share(results.convolutional)}. Those
          digits all stand in the middle. Move one.`,
          ko: html`이 페이지를 위해 신경망 두 개를 같은 숫자 60,000장으로
          ${results.plain.epochs}에폭씩 학습했습니다. 완전연결 신경망(${digitSide ** 2} → 64 → 10)은
          매개변수가 ${formatCount(plain.parameters)}개이고, 시험 이미지
          ${formatCount(results.plain.samples)}장의 ${share(results.plain)}를 맞힙니다. 합성곱
          신경망(5 × 5 필터 8개, 풀링, 5 × 5 필터 16개, 풀링, 출력 10개)은 매개변수가
          ${formatCount(convolutional.parameters)}개이고 ${share(results.convolutional)}를 맞힙니다.
          이 숫자들은 모두 한가운데에 있습니다. 옮겨 보십시오.`,
        }}
      </p>`,
    },
    {
      figure: shiftFigure,
      caption: {
        en: 'Drag the digit, move it with the sliders or arrow keys, or press a place of a map: its middle is no shift. The maps are measured in this page, on a hundred test images.',
        ko: '숫자를 끌거나, 슬라이더와 화살표 키로 옮기거나, 지도의 칸을 누르십시오. 지도의 한가운데가 옮기지 않은 경우입니다. 지도의 수는 시험 이미지 100장으로 이 페이지에서 잽니다.',
      },
    },
    {
      prose: html`<p>
        ${{
          en: 'Why? The plain network has a weight for each pixel of each unit. Weights that learned a stroke in the middle know nothing about the same stroke two pixels further: it meets other weights. A filter is moved over the whole image, so it finds the stroke wherever it is; pooling then forgets a pixel or so of its place. Sharing one small filter among all places is also what saves parameters.',
          ko: '왜 그럴까요? 완전연결층에서는 뉴런마다 픽셀 하나하나에 따로 가중치가 있습니다. 한가운데의 획을 익힌 가중치는 그 획이 두 픽셀만 옆으로 가도 알아보지 못합니다. 획이 다른 가중치와 만나기 때문입니다. 필터는 이미지 전체를 옮겨 다니므로 획이 어디에 있든 찾아내고, 풀링은 그 위치를 한 픽셀쯤 너그럽게 봅니다. 작은 필터 하나를 모든 위치가 함께 쓰는 것이 매개변수를 줄이는 비결이기도 합니다.',
        }}
      </p>`,
    },
    {
      figure: sizesFigure,
      caption: {
        en: 'The two networks that taewan.kim compares, for 100 classes. Make the image larger: filters keep their number of weights; the dense layer that reads the image, or the last map, does not.',
        ko: 'taewan.kim이 비교한 두 신경망(클래스 100개)입니다. 이미지를 키워 보십시오. 필터의 가중치 수는 그대로이지만, 이미지나 마지막 맵을 읽는 완전연결층의 가중치는 크게 늘어납니다.',
      },
    },
  ],
  notice: [
    {
      en: html`Flattened, a pixel and the one below it are ${digitSide} places apart; only left and
      right stay neighbours. And the last pixel of a row gets a new neighbour: the first one of the
      next row, from the other side of the image.`,
      ko: html`펼치고 나면 어떤 픽셀과 그 아래 픽셀은 ${digitSide}자리 떨어지고, 좌우 이웃만 곁에
      남습니다. 그리고 한 행의 마지막 픽셀 옆에는 이미지 반대쪽에 있던 다음 행의 첫 픽셀이 옵니다.`,
    },
    {
      en: 'To a dense layer, shuffled pixels are as good as an image: what it learns, it learns for each place anew.',
      ko: '완전연결층에는 뒤섞은 픽셀이나 원래 이미지나 다를 것이 없습니다. 그래서 무엇을 배우든 자리마다 새로 배워야 합니다.',
    },
    {
      en: html`One pixel costs little. From two pixels on, in any direction, the plain network loses
      more images than the convolutional one, although it has
      ${formatNumber(plain.parameters / convolutional.parameters, 2)} times as many parameters.`,
      ko: html`한 픽셀쯤은 두 신경망 모두 잘 견딥니다. 그러나 두 픽셀부터는 어느 쪽으로 옮기든
      완전연결 신경망이 더 많이 틀립니다. 매개변수는 합성곱 신경망의
      ${formatNumber(plain.parameters / convolutional.parameters, 2)}배나 되는데도 그렇습니다.`,
    },
    {
      en: 'The convolutional network is not immune: its last layer is dense and has seen only centred digits. Training on shifted images (augmentation) helps both.',
      ko: '합성곱 신경망도 완전하지는 않습니다. 마지막 층이 완전연결이고, 가운데 놓인 숫자만 보고 배웠기 때문입니다. 옮긴 이미지로 학습하면(데이터 증강) 둘 다 나아집니다.',
    },
    {
      en: 'Make the image larger: of the convolutional network only the last, dense layer grows, and soon it holds almost all of the parameters.',
      ko: '이미지를 키우면 합성곱 신경망에서는 마지막 완전연결층만 커집니다. 얼마 지나지 않아 매개변수의 대부분이 이 층에 모입니다.',
    },
  ],
  checks: [
    {
      question: {
        en: html`Row 5, column 3 of a ${digitSide} × ${digitSide} image, both counted from 0: at
        which place of the flattened row does it stand?`,
        ko: html`${digitSide} × ${digitSide} 이미지에서 0부터 세어 5행 3열의 픽셀은 펼친 줄의 몇 번
        자리에 있습니까?`,
      },
      answer: 5 * digitSide + 3,
      why: {
        en: html`Five whole rows stand before its own: 5 × ${digitSide} + 3.`,
        ko: html`앞에 다섯 행이 있습니다. 5 × ${digitSide} + 3입니다.`,
      },
    },
    {
      question: {
        en: html`How many parameters, biases included, has the plain network’s first layer, with 64
        units?`,
        ko: '뉴런이 64개인 완전연결 신경망의 첫 층은 편향까지 매개변수가 몇 개입니까?',
      },
      answer: plain.layers[1].parameters,
      why: {
        en: html`${digitSide ** 2} × 64 weights and 64 biases.`,
        ko: html`가중치 ${digitSide ** 2} × 64개와 편향 64개입니다.`,
      },
    },
    {
      question: {
        en: 'And the first layer of the convolutional network: 8 filters of 5 × 5 on a grey image, biases included?',
        ko: '합성곱 신경망의 첫 층, 곧 흑백 이미지에 적용하는 5 × 5 필터 8개는 편향까지 매개변수가 몇 개입니까?',
      },
      answer: convolutional.layers[0].parameters,
      why: {
        en: '5 × 5 × 1 × 8 weights and 8 biases, however large the image is.',
        ko: '가중치 5 × 5 × 1 × 8개와 편향 8개입니다. 이미지가 아무리 커도 같습니다.',
      },
    },
  ],
  example: 'plain-network.example.ts',
  data: {
    'hundred-digits': hundredDigits,
    [weights]: () => assetBytes('plain-network.safetensors'),
  },
  notebook: 'model',
  sources: [
    { source: 'A', where: { en: '§4 and §5', ko: '4절, 5절' } },
    {
      source: 'B',
      where: { en: '§7.2, fully connected layers', ko: '7.2절 완전연결 계층의 문제점' },
    },
  ],
  slips: [
    {
      en: html`taewan.kim’s summary counts ${formatCount(10 * lastLayer.parametersWithoutBias)}
      weights in the last layer, and so ${formatCount(printedTotal)} in all, about
      ${formatPercent(printedTotal / fullTotal, 0)} of ${formatCount(fullTotal)}. But ${classes} ×
      ${lastInputs} is ${formatCount(lastLayer.parametersWithoutBias)}: the total is
      ${formatCount(trueTotal)}, and the share ${formatPercent(trueTotal / fullTotal, 1)}. The
      text’s point becomes stronger.`,
      ko: html`taewan.kim의 요약은 마지막 층의 가중치를
      ${formatCount(10 * lastLayer.parametersWithoutBias)}개로 세어 합계
      ${formatCount(printedTotal)}개, 곧 ${formatCount(fullTotal)}개의 약
      ${formatPercent(printedTotal / fullTotal, 0)}라고 합니다. 그러나 ${classes} ×
      ${withParticle(lastInputs, '은')} ${formatCount(lastLayer.parametersWithoutBias)}이므로 합계는
      ${formatCount(trueTotal)}개, 비율은 ${formatPercent(trueTotal / fullTotal, 1)}입니다. 글이
      하려는 말은 오히려 더 힘을 얻습니다.`,
    },
  ],
};
