import { summarize, presets } from '@convbook/layers';
import { loadKernelModule } from '@convbook/core/node';
import { formatCount, formatPercent, html } from '@convbook/page/markup';
import results from '../../assets/deeper-layers.json' with { type: 'json' };
import { assetBytes } from '../../data/asset.ts';
import { hundredDigits } from '../../data/mnist.ts';
import { createCompute } from '../../figure/compute.ts';
import type { Lesson } from '../../lesson.ts';
import { filterFigure } from './filter-figure.ts';
import { mapsFigure } from './maps-figure.ts';
import { layers, weights } from './network.ts';
import { patchData, writePatches } from './patches.ts';

const result = results['tf-tutorial'];
const summary = summarize(presets['tf-tutorial']);
const conv2 = summary.layers.find(({ name }) => name === 'conv2') ?? summary.layers[0];
const [channels] = conv2.inputShape;
const [first, second, third] = layers.map(({ field }) => field.size[0]);
const trainedWeights = () => assetBytes('deeper-layers.safetensors');

async function patches(): Promise<Uint8Array> {
  const data = new Map([
    ['hundred-digits', hundredDigits()],
    [weights, trainedWeights()],
  ]);
  return writePatches(createCompute(await loadKernelModule('plain'), data));
}

export const deeperLayersLesson: Lesson = {
  id: 'deeper-layers',
  question: {
    en: 'The first layer finds edges. What can a layer find that looks only at the maps of another layer?',
    ko: '첫 층은 에지를 찾습니다. 그렇다면 다른 층의 특징 맵만 들여다보는 층은 무엇을 찾을 수 있을까요?',
  },
  parts: [
    {
      prose: html`<p>
        ${{
          en: html`TensorFlow’s tutorial network has three convolutions and
          ${formatCount(summary.parameters)} parameters. For this page it was trained for
          ${result.epochs} epochs and gets ${formatPercent(result.correct / result.samples)} of the
          ${formatCount(result.samples)} test images right. Send a digit through it. Every unit
          looks at a 3 × 3 window of the layer before, whose units looked at windows themselves: so
          what it sees of the digit, its receptive field, grows with each layer. Press the digit or
          a map and see how much.`,
          ko: html`TensorFlow 튜토리얼의 신경망에는 합성곱층이 세 개, 매개변수가
          ${formatCount(summary.parameters)}개 있습니다. 이 페이지를 위해 ${result.epochs}에폭 동안
          학습했고, 시험 이미지 ${formatCount(result.samples)}장의
          ${formatPercent(result.correct / result.samples)}를 맞힙니다. 숫자 하나를 통과시켜
          보십시오. 뉴런은 저마다 앞 층의 3 × 3 윈도우를 보고, 앞 층의 뉴런도 다시 그 앞의 윈도우를
          봅니다. 그래서 숫자에서 보게 되는 범위인 수용 영역은 층이 깊어질수록 넓어집니다. 숫자나
          특징 맵을 눌러 얼마나 넓은지 보십시오.`,
        }}
      </p>`,
    },
    {
      figure: mapsFigure,
      caption: {
        en: 'First the digit with what the chosen unit sees, then the map that the unit belongs to, then all maps of the layer; white is strong (in the large map its own largest value). Press, drag, or use the arrow keys in any of the three.',
        ko: '차례로, 고른 뉴런이 보는 범위를 표시한 숫자, 그 뉴런이 속한 특징 맵, 그 층의 모든 특징 맵입니다. 흰색일수록 강합니다(큰 맵에서는 그 맵의 최댓값이 흰색입니다). 셋 가운데 어디서든 누르거나 끌고, 화살표 키를 쓸 수 있습니다.',
      },
    },
    {
      prose: html`<p>
        ${{
          en: html`How can one tell what a filter looks for? The weights of the first layer are
          small pictures and speak for themselves. Those of the second have ${channels} slices, one
          for each map that they read, and say little to the eye. There are two ways around. Ask the
          data: which parts of the digits excite the filter most? And ask the filter: begin with
          noise, compute how its map changes with every pixel (the gradient, by the same backward
          pass as in training), move the pixels a little that way, and repeat. Choose another filter
          and watch.`,
          ko: html`필터가 무엇을 찾는지 어떻게 알 수 있을까요? 첫 층의 가중치는 작은 그림이어서 보면
          압니다. 둘째 층의 가중치는 읽어 들이는 특징 맵마다 한 조각씩 모두 ${channels}조각이어서
          눈으로는 알기 어렵습니다. 길은 두 가지입니다. 하나는 데이터에 묻는 것입니다. 숫자의 어느
          조각에 필터가 가장 강하게 반응할까요? 다른 하나는 필터에 묻는 것입니다. 잡음에서 시작해,
          픽셀마다 특징 맵이 얼마나 달라지는지(기울기. 학습할 때와 같은 역전파로 구합니다) 계산하고,
          그 방향으로 픽셀을 조금 옮기기를 되풀이합니다. 다른 필터를 골라 지켜보십시오.`,
        }}
      </p>`,
    },
    {
      figure: filterFigure,
      caption: {
        en: 'The black board shows for each filter of the layer the patch that excites it most: press one, or use the arrow keys. The image is made in this page, step by step.',
        ko: '검은 판에는 그 층의 필터마다 가장 강하게 반응하는 조각이 있습니다. 하나를 누르거나 화살표 키를 쓰십시오. 이미지는 이 페이지에서 한 단계씩 만듭니다.',
      },
    },
  ],
  notice: [
    {
      en: html`A unit of conv1 sees ${first} × ${first} pixels: enough for an edge. One of conv2
      sees ${second} × ${second}: a corner, a crossing, the end of a stroke. One of conv3 sees
      ${third} × ${third}: most of a digit.`,
      ko: html`conv1의 뉴런은 ${first} × ${first}픽셀을 보므로 에지 하나면 꽉 찹니다. conv2의 뉴런은
      ${second} × ${second}픽셀에서 모서리나 교차점, 획의 끝을 봅니다. conv3의 뉴런은 ${third} ×
      ${third}픽셀, 곧 숫자의 대부분을 봅니다.`,
    },
    {
      en: 'Pooling makes the receptive field grow faster: after it, one step in a map is two steps in the image.',
      ko: '풀링을 거치면 수용 영역이 더 빨리 넓어집니다. 특징 맵에서 한 칸이 이미지에서는 두 칸이 되기 때문입니다.',
    },
    {
      en: 'The maps of the first layer still look like the digit. Choose conv3: its maps have nine places each, and several are black: their filters wait for something that this digit does not have.',
      ko: '첫 층의 특징 맵은 아직 숫자처럼 보입니다. conv3을 골라 보면 특징 맵은 아홉 칸뿐이고 완전히 검은 것도 여럿 있습니다. 그 필터가 기다리는 것이 이 숫자에는 없기 때문입니다.',
    },
    {
      en: 'From layer to layer the nine patches of a filter come from fewer different digits: an edge is in every digit, a part of a digit is not. Details become abstract features.',
      ko: '층이 깊어질수록 한 필터의 조각 아홉 개가 나오는 숫자의 가짓수가 줄어듭니다. 에지는 어느 숫자에나 있지만 숫자의 부분은 그렇지 않습니다. 세부 정보가 점점 추상적인 특징으로 바뀝니다.',
    },
    {
      en: 'The made image is no photograph: it shows what the filter would like to see everywhere at once. Compare its strokes with the patches; what both have in common is what the filter looks for.',
      ko: '만든 이미지는 사진이 아닙니다. 필터가 온 이미지에서 한꺼번에 보고 싶어 하는 무늬입니다. 조각들과 견주어 공통된 획을 찾아보십시오. 그것이 필터가 찾는 것입니다.',
    },
  ],
  checks: [
    {
      question: {
        en: 'A unit of pool1 sees 4 × 4 pixels, and its neighbour’s begin two pixels further. How many pixels along a side does a 3 × 3 filter over it see?',
        ko: 'pool1의 뉴런은 4 × 4픽셀을 보고, 옆 뉴런이 보는 범위는 두 픽셀 옆에서 시작합니다. 그 위의 3 × 3 필터는 한 변에 몇 픽셀을 봅니까?',
      },
      answer: second,
      why: {
        en: '4 + (3 − 1) × 2: its window reaches two units further, and each is two pixels away.',
        ko: '4 + (3 − 1) × 2입니다. 윈도우가 두 뉴런 더 가고, 뉴런 사이가 두 픽셀입니다.',
      },
    },
    {
      question: {
        en: html`How many weights, without its bias, has one filter of conv2, which reads
        ${channels} maps?`,
        ko: html`특징 맵 ${channels}개를 읽는 conv2의 필터 하나는 편향을 빼고 가중치가 몇 개입니까?`,
      },
      answer: conv2.parametersWithoutBias / (conv2.filters ?? 1),
      why: {
        en: html`3 × 3 × ${channels}: a slice for each map.`,
        ko: html`3 × 3 × ${channels}. 특징 맵마다 한 조각입니다.`,
      },
    },
  ],
  example: 'deeper-layers.example.ts',
  data: {
    'hundred-digits': hundredDigits,
    [weights]: trainedWeights,
    [patchData]: patches,
  },
  notebook: 'feature-maps',
  sources: [
    { source: 'B', where: { en: '§7.6, visualising a CNN', ko: '7.6절 합성곱 신경망의 시각화' } },
    { source: 'C', where: { en: 'the model', ko: '모델' } },
  ],
};
