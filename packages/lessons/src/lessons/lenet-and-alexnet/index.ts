import { outputSize } from '@convbook/core';
import { presets, summarize } from '@convbook/layers';
import { html } from '@convbook/page/markup';
import { formatCount, formatPercent } from '@convbook/page/text';
import type { Lesson } from '../../lesson.ts';
import { withParticle } from '../../figure/with-particle.ts';
import { curvesFigure } from './curves-figure.ts';
import { switchRunsFile } from './data.ts';
import { dropoutFigure } from './dropout-figure.ts';
import { gradientFigure } from './gradient-figure.ts';
import { normFigure } from './norm-figure.ts';
import { finalOf, readRuns } from './runs.ts';

const countOf = (name: 'lenet' | 'alexnet') => summarize(presets[name]).parameters;
const lenet = countOf('lenet');

const runs = readRuns(switchRunsFile());
const share = (key: string) => formatPercent(finalOf(runs, key), 1);
const images = runs.trainPerClass * 10;

export const lenetAndAlexnetLesson: Lesson = {
  id: 'lenet-and-alexnet',
  question: {
    en: 'LeNet (1998) and AlexNet (2012) are built alike: convolve, pool, repeat, then dense layers. What did fourteen years change, and what does each change buy?',
    ko: 'LeNet(1998)과 AlexNet(2012)은 합성곱과 풀링을 되풀이하고 완전연결층으로 끝난다는 점에서 같습니다. 14년 동안 무엇이 바뀌었고, 바뀐 것마다 무엇을 얻었을까요?',
  },
  parts: [
    {
      prose: html`<p>
        ${{
          en: `LeNet, on 28×28 images: 6 filters of 5×5, sigmoid, 2×2 mean; 16 filters of 5×5, sigmoid, 2×2 mean; dense 120, 84, 10. That is ${formatCount(lenet)} parameters. AlexNet has ReLU for sigmoid, max pooling with windows that overlap, local response normalization, and dropout, and ${formatCount(countOf('alexnet'))} parameters. Switch each of the four on and off in LeNet. All sixteen networks were trained on ${formatCount(images)} MNIST images with Adam, a learning rate of ${runs.learningRate}, and seeds ${runs.seeds.join(', ')}; the curves are means over the seeds.`,
          ko: `28×28 이미지를 받는 LeNet은 5×5 필터 6개, 시그모이드, 2×2 평균 풀링, 5×5 필터 16개, 시그모이드, 2×2 평균 풀링을 거쳐 120, 84, 10개짜리 완전연결층으로 끝나며, 매개변수는 ${formatCount(lenet)}개입니다. AlexNet은 시그모이드 대신 ReLU, 윈도우가 겹치는 최대 풀링, 국소 응답 정규화, 드롭아웃을 쓰고 매개변수는 ${formatCount(countOf('alexnet'))}개입니다. LeNet에서 이 네 가지를 하나씩 켜고 꺼 보십시오. 신경망 열여섯 가지를 모두 MNIST 이미지 ${formatCount(images)}장으로, Adam과 학습률 ${runs.learningRate}, 시드 ${withParticle(runs.seeds.join(', '), '으로')} 실제로 학습시켰고, 곡선은 시드에 대한 평균입니다.`,
        }}
      </p>`,
    },
    {
      figure: curvesFigure,
      caption: {
        en: html`Choose the four parts; the dashed curve is LeNet of 1998, and the table says what
          each single change would do. These are real trainings;
          <code>${runs.command}</code> repeats them.`,
        ko: html`네 가지를 골라 보십시오. 점선은 1998년의 LeNet이고, 표에는 여기서 하나만 바꾸었을
          때의 정확도가 있습니다. 실제 학습 결과이며, <code>${runs.command}</code> 명령으로 다시
          만들 수 있습니다.`,
      },
    },
    {
      prose: html`<p>
        ${{
          en: 'Why does ReLU matter so much? Going backwards, a gradient is multiplied by the slope of every activation. The slope of sigmoid is σ(x)·(1 − σ(x)), at most 1/4, and near 0 where the unit is saturated. The slope of ReLU is 1 above 0. Add layers and see what is left of a gradient of 1; all weights are 1 here.',
          ko: 'ReLU가 왜 그렇게 중요할까요? 역전파에서는 기울기에 활성화 함수의 미분이 층마다 곱해집니다. 시그모이드의 미분 σ(x)·(1 − σ(x))는 커야 1/4이고, 포화된 곳에서는 0에 가깝습니다. ReLU의 미분은 0보다 큰 곳에서 1입니다. 층을 늘려 가며 1이던 기울기가 얼마나 남는지 보십시오. 여기서 가중치는 모두 1입니다.',
        }}
      </p>`,
    },
    {
      figure: gradientFigure,
      caption: {
        en: 'Move “Layers” or press “Play”; “Input” moves the dots. The vertical axis goes by powers of ten, and a gradient of 0 lies on its lower end.',
        ko: '‘층 수’를 움직이거나 ‘재생’을 누르십시오. ‘입력’을 움직이면 점이 따라 움직입니다. 세로축은 10의 거듭제곱이며, 기울기 0은 맨 아래에 놓입니다.',
      },
    },
    {
      prose: html`<p>
        ${{
          en: 'Local response normalization divides each value by a power of what the neighbouring maps say at the same place: y = x / (k + α/5 · Σ x²)^β over five maps, with k = 2, α = 0.0001, β = 0.75 (so computed by PyTorch, and here; the paper has α without the 5). Press a map. Then raise α: the strong map (8) pushes itself and its neighbours down alike. The 8 and the 2 beside it stay about 4 : 1, but both lose against maps further away: at α = 10 the 8 becomes 0.187, less than the 0.272 of the distant 4. With AlexNet’s own α it hardly does: it divides all by 2^0.75 = 1.68.',
          ko: '국소 응답 정규화는 같은 위치에 있는 이웃 맵의 값으로 나눕니다. 맵 다섯 개에 대해 y = x / (k + α/5 · Σ x²)^β이고, k = 2, α = 0.0001, β = 0.75입니다(PyTorch와 이 책의 식이며, 논문에서는 α를 5로 나누지 않습니다). 맵을 하나 누르고 α를 키워 보십시오. 값이 큰 맵(8)이 자신과 이웃을 함께 억누릅니다. 8과 바로 옆의 2는 여전히 4 : 1쯤이지만, 멀리 있는 맵에 견주면 둘 다 작아집니다. α = 10이면 8은 0.187이 되어, 떨어져 있는 4의 0.272보다도 작습니다. AlexNet이 쓴 α로는 거의 그렇지 않고, 모두를 2^0.75 = 1.68로 나눌 뿐입니다.',
        }}
      </p>`,
    },
    {
      figure: normFigure,
      caption: {
        en: 'Press a map or use the arrow keys: outlined are the maps that its normalization looks at. “Change the values” takes other numbers.',
        ko: '맵을 누르거나 화살표 키를 쓰십시오. 테두리는 정규화할 때 보는 이웃 맵입니다. ‘값 바꾸기’에서 다른 수를 넣을 수 있습니다.',
      },
    },
    {
      prose: html`<p>
        ${{
          en: 'Dropout sets some values to 0 at random in each training step, so that no unit can rely on a single other one, and multiplies the rest by 1 / (1 − rate), so that their sum stays the same on average. When the network is evaluated, nothing is dropped.',
          ko: '드롭아웃은 학습 스텝마다 값 몇 개를 무작위로 0으로 만들어 어느 뉴런도 다른 뉴런 하나에만 기대지 못하게 하고, 나머지에는 1 / (1 − 비율)을 곱해 합의 평균을 그대로 둡니다. 평가할 때는 아무것도 없애지 않습니다.',
        }}
      </p>`,
    },
    {
      figure: dropoutFigure,
      caption: {
        en: 'Change the rate and the seed, or press “Play”: each epoch drops other values. The same seed and epoch always drop the same ones, so training can be repeated.',
        ko: '비율과 시드를 바꾸거나 ‘재생’을 눌러 보십시오. 에폭마다 다른 값을 없애지만, 시드와 에폭이 같으면 언제나 같은 값을 없애므로 학습을 똑같이 되풀이할 수 있습니다.',
      },
    },
  ],
  notice: [
    {
      en: `ReLU buys most: ${share('0000')} become ${share('1000')}. Look at the loss: with sigmoid it stays near 2.3 for many epochs, because the first layers get hardly any gradient.`,
      ko: `ReLU의 효과가 가장 큽니다. ${share('0000')}가 ${share('1000')}가 됩니다. 손실을 보십시오. 시그모이드에서는 앞쪽 층에 기울기가 거의 닿지 않아 여러 에폭 동안 2.3 근처에 머뭅니다.`,
    },
    {
      en: `With ReLU, overlapping max pooling helps, whatever else is on (${share('1000')} become ${share('1100')}). Dropout helps beside mean pooling (${share('1001')}), but no longer beside overlapping max pooling (${share('1101')}). Less than a point says little: the seeds differ by more.`,
      ko: `ReLU를 켜면, 다른 스위치와 관계없이 겹치는 최대 풀링이 도움이 됩니다(${share('1000')} → ${share('1100')}). 드롭아웃은 평균 풀링과 함께 쓰면 도움이 되지만(${share('1001')}), 겹치는 최대 풀링과 함께 쓰면 그렇지 않습니다(${share('1101')}). 1%포인트가 안 되는 차이에는 큰 뜻이 없습니다. 시드에 따른 차이가 그보다 큽니다.`,
    },
    {
      en: `Response normalization buys nothing here (${share('1010')}). Later networks left it out, too; batch normalization took its place.`,
      ko: `국소 응답 정규화는 여기서 아무 도움이 되지 않습니다(${share('1010')}). 이후의 신경망들도 이를 버렸고, 배치 정규화가 그 자리를 차지했습니다.`,
    },
    {
      en: `With sigmoid each of the other three makes it worse: overlapping max pooling (${share('0000')} become ${share('0100')}), normalization (${share('0010')}) and dropout (${share('0001')}). What hardly learns gets smaller values and noise on top. Here the seeds differ by tens of points.`,
      ko: `시그모이드에서는 나머지 셋이 모두 오히려 해롭습니다. ${share('0000')}이던 정확도가 겹치는 최대 풀링을 쓰면 ${share('0100')}, 정규화를 쓰면 ${share('0010')}, 드롭아웃을 쓰면 ${share('0001')}입니다. 정규화는 겨우 배우는 신경망의 값을 줄이고 드롭아웃은 잡음을 더합니다. 여기서는 시드에 따른 차이도 수십 %포인트나 됩니다.`,
    },
  ],
  checks: [
    {
      question: {
        en: 'How many parameters has LeNet’s second convolution, 16 filters of 5×5 over 6 maps, with biases?',
        ko: '맵 6개를 받는 LeNet의 두 번째 합성곱층(5×5 필터 16개)의 매개변수는 편향을 포함하여 몇 개입니까?',
      },
      answer: summarize(presets.lenet).layers.filter(({ name }) => name === 'conv2')[0].parameters,
      why: { en: '16 · (5 · 5 · 6 + 1).', ko: '16 · (5 · 5 · 6 + 1)입니다.' },
    },
    {
      question: {
        en: 'AlexNet pools 55×55 maps by windows of 3 with stride 2. How many rows are left?',
        ko: 'AlexNet은 55×55 맵을 크기 3, 스트라이드 2로 풀링합니다. 몇 행이 남습니까?',
      },
      answer: outputSize(55, 3, 2, 0),
      why: { en: '(55 − 3) / 2 + 1.', ko: '(55 − 3) / 2 + 1입니다.' },
    },
    {
      question: {
        en: 'Dropout with rate 0.2: by what are the kept values multiplied?',
        ko: '비율이 0.2인 드롭아웃은 남은 값에 얼마를 곱합니까?',
      },
      answer: 1 / (1 - 0.2),
      why: { en: '1 / (1 − 0.2).', ko: '1 / (1 − 0.2)입니다.' },
    },
  ],
  example: 'lenet-and-alexnet.example.ts',
  data: { 'lenet-and-alexnet': switchRunsFile },
  notebook: 'model',
  sources: [
    { source: 'B', where: { en: '§7.7, LeNet and AlexNet', ko: '7.7절 LeNet과 AlexNet' } },
    { source: 'D', where: { en: '§4.2, activation functions', ko: '4.2절 활성화 함수' } },
  ],
};
