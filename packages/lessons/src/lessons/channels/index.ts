import { elementCount } from '@convbook/core';
import { conv2d, dense, flatten, resolveModel, summarize } from '@convbook/layers';
import { formatCount, html } from '@convbook/page/markup';
import type { Lesson } from '../../lesson.ts';
import { activationFigure } from './activation-figure.ts';
import { bankFigure } from './bank-figure.ts';
import { sumFigure } from './sum-figure.ts';

/** A convolution's own line of a summary. */
function convolution(channels: number, side: number, filters: number, kernelSize: number) {
  const layers = [conv2d({ filters, kernelSize })];
  return summarize({ input: [channels, side, side], layers }).layers[0];
}

const six = convolution(3, 32, 6, 5);
const units = elementCount(six.outputShape);
/** Weights of a fully connected layer with the same input and output. */
const denseWeights = formatCount(
  elementCount(
    resolveModel({ input: [3, 32, 32], layers: [flatten(), dense({ units })] }).parameters[0].shape,
  ),
);

export const channelsLesson: Lesson = {
  id: 'channels',
  question: {
    en: 'A colour picture has three numbers at every pixel. How does one filter read all three, and why does it answer with one?',
    ko: '컬러 이미지에는 픽셀마다 수가 세 개씩 있습니다. 필터 하나가 이 셋을 어떻게 함께 읽고, 왜 수 하나로 답할까요?',
  },
  parts: [
    {
      prose: html`<p>
          ${{
            en: 'A colour picture is three sheets of numbers: one for red, one for green, one for blue. These are its channels. A filter has a slice of weights for each of them, so nobody chooses its depth: it equals the number of channels that come in. Each slice looks at its own channel, and the three sums are added up.',
            ko: '컬러 이미지는 수를 적은 판 세 장입니다. 빨강(R), 초록(G), 파랑(B)이 한 장씩이고, 이 판을 채널이라고 합니다. 필터에는 채널마다 가중치 한 장이 있습니다. 그래서 필터의 깊이는 따로 정하지 않습니다. 들어오는 채널 수와 늘 같습니다. 한 장이 자기 채널을 맡아 곱하고 더한 다음, 세 합을 다시 더합니다.',
          }}
        </p>
        <p>
          ${{
            en: 'Play it, and watch one window walk over three channels. The filter “red line” answers 3 at the red line, but also at the yellow one. Now choose “red line, but not yellow”. Then paint: which colours does it confuse?',
            ko: '재생을 눌러 윈도우 하나가 세 채널 위를 함께 지나는 것을 보십시오. ‘빨간 선’ 필터는 빨간 선에서 3을 내지만 노란 선에서도 3을 냅니다. 이제 ‘노랑이 아닌 빨간 선’을 고르십시오. 그다음 그림을 칠해 보십시오. 이 필터는 어떤 색을 혼동합니까?',
          }}
        </p>`,
    },
    {
      figure: sumFigure,
      caption: {
        en: 'Drag the window over a channel, or press a number of the feature map. Choose a colour and paint the picture. With the keyboard, arrow keys move and Enter paints.',
        ko: '채널 위에서 윈도우를 끌거나 특징 맵의 수를 누르십시오. 색을 고르면 그림을 칠할 수 있습니다. 키보드로는 화살표 키로 옮기고 Enter로 칠합니다.',
      },
    },
    {
      prose: html`<p>
        ${{
          en: 'These sums are the feature map. Two steps follow. The filter’s bias is added to every number of the map: one bias for the whole filter, not one for each channel. Then the activation function changes each number by itself, and what it gives is the activation map. Texts that call both a feature map mean the second, for that is what the next layer reads. The map below is that of “thin line in red” above. Move the bias from −2 to −3: how many places are left?',
          ko: '이렇게 더한 값을 늘어놓은 것이 특징 맵입니다. 그다음 두 단계가 있습니다. 먼저 맵의 모든 수에 편향을 더합니다. 편향은 채널마다가 아니라 필터마다 하나입니다. 그다음 활성화 함수를 수 하나하나에 적용하며, 그 결과를 활성화 맵이라고 합니다. 둘 다 특징 맵이라고 부르는 글은 뒤의 것을 가리킵니다. 다음 층이 읽는 것이 그것이기 때문입니다. 아래의 맵은 위의 ‘빨강 채널의 가는 선’ 필터가 낸 것입니다. 편향을 −2에서 −3으로 옮기면 몇 자리가 남습니까?',
        }}
      </p>`,
    },
    {
      figure: activationFigure,
      caption: {
        en: 'Orange dots: the nine values on the curve of the activation function. Press a number to see how it comes about.',
        ko: '주황색 점은 활성화 함수의 곡선 위에 놓인 아홉 값입니다. 수를 누르면 그 값이 나온 과정을 볼 수 있습니다.',
      },
    },
    {
      prose: html`<p>
        ${{
          en: 'One filter gives one map. Six filters of 5×5×3 give six maps, and 32×32×3 becomes 28×28×6: the depth of the output is the number of filters. A filter of the next layer then has six slices. Below are six filters made by hand; training finds its own. Set the filter size to 1×1: which filters go blind, and why?',
          ko: '필터 하나에서 맵이 하나 나옵니다. 5×5×3 필터 여섯 개를 쓰면 맵이 여섯 장이 되어 32×32×3이 28×28×6으로 바뀝니다. 출력의 깊이는 필터 수입니다. 그래서 다음 층의 필터에는 가중치가 여섯 장씩 있습니다. 아래의 필터 여섯 개는 손으로 만든 것이고, 학습에서는 모델이 스스로 찾아냅니다. 필터 크기를 1×1로 바꾸어 보십시오. 어느 필터가 아무것도 찾지 못하게 됩니까? 왜 그럴까요?',
        }}
      </p>`,
    },
    {
      figure: bankFigure,
      caption: {
        en: 'Over each map its filter, the slices for red, green and blue. Blue: positive. Orange: negative. Paper: 0. All maps have one scale.',
        ko: '맵 위의 작은 그림은 필터의 빨강, 초록, 파랑 채널 가중치입니다. 파랑은 양수, 주황은 음수, 바탕색은 0이고, 모든 맵의 눈금은 같습니다.',
      },
    },
  ],
  notice: [
    {
      en: 'Channels are added up, filters are stacked. Three channels go in and one map comes out of each filter, however many channels there were.',
      ko: '채널별로 나온 값은 더하고, 필터별로 나온 맵은 쌓습니다. 채널이 몇 개든 필터 하나에서 나오는 맵은 한 장입니다.',
    },
    {
      en: 'Yellow is red and green together, so a filter that reads red alone takes yellow for red. A weight of −1 in the green slice settles it: 1 − 1 = 0 on yellow and on white, 1 − 0 = 1 on red.',
      ko: '노랑은 빨강과 초록을 합친 색이어서, 빨강 채널만 보는 필터는 노랑을 빨강으로 여깁니다. 초록 채널의 가중치를 −1로 하면 노랑과 하양에서는 1 − 1 = 0, 빨강에서는 1 − 0 = 1이 되어 구별됩니다.',
    },
    {
      en: 'The bias sets the threshold. With bias −2, ReLU lets only sums above 2 through. Sigmoid and tanh squeeze values into 0 to 1 and −1 to 1 instead; far from 0 their curves are flat, and little gradient comes back. That is why ReLU is the usual choice.',
      ko: '편향은 문턱을 정합니다. 편향이 −2이면 ReLU는 합이 2보다 큰 곳만 통과시킵니다. 시그모이드는 값을 0과 1 사이로, tanh는 −1과 1 사이로 줄입니다. 두 곡선은 0에서 먼 곳에서 평평하므로 그곳에서는 기울기가 거의 전달되지 않습니다. 그래서 보통 ReLU를 씁니다.',
    },
    {
      en: `Six filters have ${six.parametersWithoutBias} weights and 6 biases, wherever in the picture they look. A fully connected layer from 32×32×3 to 28×28×6 would have ${denseWeights} weights.`,
      ko: `필터 여섯 개의 가중치는 ${six.parametersWithoutBias}개, 편향은 6개입니다. 이미지의 어디를 보든 같은 가중치를 씁니다. 32×32×3을 28×28×6으로 잇는 완전연결층이라면 가중치가 ${denseWeights}개입니다.`,
    },
    {
      en: 'A 1×1 filter sees one pixel, so it finds no edge: filters 5 and 6 give 0. It still mixes channels, and so tells colours apart. Networks use it to make many channels few at little cost.',
      ko: '1×1 필터는 픽셀 하나만 보므로 에지를 찾지 못합니다. 필터 5와 6은 0만 냅니다. 그래도 채널은 섞을 수 있어 색은 구별합니다. 많은 채널을 적은 비용으로 줄일 때 씁니다.',
    },
    {
      en: 'A shape is written 32×32×3 with the channels last, as in Keras, or (3, 32, 32) with the channels first, as in PyTorch. It is the same picture. The code of this book has channels first.',
      ko: '형상은 채널을 마지막에 두어 32×32×3으로 적기도 하고, 처음에 두어 (3, 32, 32)로 적기도 합니다. 같은 이미지입니다. 이 책의 코드는 채널을 처음에 둡니다.',
    },
  ],
  checks: [
    {
      question: {
        en: 'A layer of 20 filters, 5×5 each, reads a map of 12×12×10. How many weights does it have, without biases?',
        ko: '5×5 필터 20개가 있는 층이 12×12×10 맵을 읽습니다. 편향을 뺀 가중치는 모두 몇 개입니까?',
      },
      answer: convolution(10, 12, 20, 5).parametersWithoutBias,
      why: {
        en: 'Ten channels come in, so each filter has 5·5·10 = 250 weights, and 20·250 = 5,000.',
        ko: '들어오는 채널이 10개이므로 필터 하나의 가중치는 5·5·10 = 250개이고, 20·250 = 5,000입니다.',
      },
    },
    {
      question: {
        en: 'TensorFlow’s tutorial has 64 filters of 3×3 on a map with 32 channels. How many parameters, with biases?',
        ko: 'TensorFlow 튜토리얼에는 채널이 32개인 맵을 읽는 3×3 필터가 64개 있습니다. 편향까지 매개변수는 몇 개입니까?',
      },
      answer: convolution(32, 13, 64, 3).parameters,
      why: {
        en: '64·(3·3·32 + 1): one bias for each filter, whatever the number of channels.',
        ko: '64·(3·3·32 + 1)입니다. 편향은 채널 수와 관계없이 필터마다 하나입니다.',
      },
    },
    {
      question: {
        en: 'A picture of 32×32×3 goes through six 5×5 filters, then ReLU. How many numbers has the activation map?',
        ko: '32×32×3 이미지에 5×5 필터 여섯 개와 ReLU를 적용합니다. 활성화 맵의 수는 모두 몇 개입니까?',
      },
      answer: units,
      why: {
        en: '28·28·6. The activation changes values, never the shape.',
        ko: '28·28·6입니다. 활성화 함수는 값만 바꾸고 형상은 바꾸지 않습니다.',
      },
    },
  ],
  example: 'channels.example.ts',
  notebook: 'filters',
  sources: [
    {
      source: 'A',
      where: {
        en: 'channel, filter, feature map and activation map',
        ko: '채널, 필터, 피처 맵과 액티베이션 맵',
      },
    },
    {
      source: 'B',
      where: {
        en: '§7.2, convolution in three dimensions, thinking in blocks',
        ko: '7.2절 3차원 데이터의 합성곱, 블록으로 생각하기',
      },
    },
    { source: 'D', where: { en: '20 filters of 5×5×10', ko: '5×5×10 필터 20개' } },
    {
      source: 'E',
      where: { en: 'convolution of colour images', ko: '컬러 이미지의 합성곱' },
    },
  ],
};
