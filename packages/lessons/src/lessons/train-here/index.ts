import { summarize } from '@convbook/layers';
import { html } from '@convbook/page/markup';
import { formatCount } from '@convbook/page/text';
import type { Lesson } from '../../lesson.ts';
import { trainFigure } from './figure.ts';
import { heldOutDigits, trainingDigits, trainingRecord } from './record.ts';
import { firstSettings, netOf } from './settings.ts';

const { parameters, layers } = summarize(netOf(firstSettings));
const images = 2000;
/** Training images of MNIST, all of which text B takes. */
const mnistImages = 60_000;
const stepsPerEpoch = images / firstSettings.batchSize;

export const trainHereLesson: Lesson = {
  id: 'train-here',
  question: {
    en: 'Training turns random filters into useful ones, says every text. Can one watch it happen, and does it happen the same way twice?',
    ko: '무작위로 시작한 필터가 학습을 거치면 쓸모 있는 필터가 된다고 합니다. 그 과정을 직접 볼 수 있을까요? 다시 해도 똑같이 될까요?',
  },
  parts: [
    {
      prose: html`<p>
        ${{
          en: `This is text B’s SimpleConvNet: 30 filters of 5×5, ReLU, 2×2 max pooling, a dense layer of 100, and one of 10, ${formatCount(parameters)} parameters in all. The page holds ${formatCount(images)} training images of MNIST, 200 of each digit, and 500 test images that it never trains on. Each step takes a batch of ${firstSettings.batchSize} images, computes the mean loss and its gradient for all parameters, and lets the optimizer move them a little. ${stepsPerEpoch} steps see every image once: an epoch. Press “Train”.`,
          ko: `“밑바닥부터 시작하는 딥러닝” 7장의 SimpleConvNet입니다. 5×5 필터 30개, ReLU, 2×2 최대 풀링, 100개짜리 완전연결층, 10개짜리 완전연결층으로 이루어지고, 매개변수는 모두 ${formatCount(parameters)}개입니다. 이 페이지에는 MNIST 훈련 이미지가 숫자마다 200장씩 ${formatCount(images)}장, 학습에 쓰지 않는 평가용 이미지가 500장 들어 있습니다. 스텝마다 이미지 ${firstSettings.batchSize}장을 꺼내 평균 손실과 모든 매개변수의 기울기를 구하고, 옵티마이저가 매개변수를 조금씩 옮깁니다. ${stepsPerEpoch}스텝이면 모든 이미지를 한 번씩 보는데, 이것이 1에폭입니다. ‘학습’을 눌러 보십시오.`,
        }}
      </p>`,
    },
    {
      figure: trainFigure,
      caption: {
        en: 'Train, pause, go one step on or back; other settings begin a new training, and the one before stays as a dashed line. In the filters and maps blue is above 0, orange below, each on its own scale. The last two curves count weights and gradients; at the left edge stand gradients that are exactly 0.',
        ko: '학습하고, 멈추고, 한 스텝씩 앞뒤로 움직여 보십시오. 설정을 바꾸면 학습을 새로 시작하고, 바로 앞 학습은 점선으로 남습니다. 필터와 맵에서 파랑은 0보다 큰 값, 주황은 작은 값이며 눈금은 저마다 따로 맞춥니다. 마지막 두 곡선은 가중치와 기울기의 분포이고, 왼쪽 끝에는 정확히 0인 기울기가 모입니다.',
      },
    },
    {
      prose: html`<p>
        ${{
          en: 'Why is the loss 2.30 at first? The weights begin near 0, so all ten scores are nearly equal, each class gets a probability of about 1/10, and the loss is −ln(1/10) = 2.303. For some steps nothing seems to happen: the gradient of a layer is multiplied by the weights after it, and these are still small. Once they have grown, the loss falls quickly.',
          ko: '처음 손실이 왜 2.30일까요? 가중치가 0 근처에서 시작하므로 점수 열 개가 거의 같고, 클래스마다 확률이 약 1/10이어서 손실은 −ln(1/10) = 2.303입니다. 처음 몇 스텝 동안은 아무 일도 없는 듯합니다. 어느 층의 기울기에는 그 뒤 층의 가중치가 곱해지는데, 이 가중치가 아직 작기 때문입니다. 가중치가 자라고 나면 손실이 빠르게 줄어듭니다.',
        }}
      </p>`,
    },
    {
      prose: html`<p>
        ${{
          en: 'The table of the figure has a SHA-256 from the command train, which ran with two workers when this book was made. Every weight enters it. With the first settings, train past step 20 or 100, and that of your page stands beneath: not one bit differs, because both use the same kernels, the same random numbers, and the same order of every sum.',
          ko: '그림의 표에는 이 책을 만들 때 워커 둘로 돌린 train 명령에서 나온 SHA-256이 있습니다. 모든 가중치가 이 값에 반영됩니다. 처음 설정 그대로 20스텝이나 100스텝을 지나도록 학습하면 그 아래에 이 페이지에서 나온 값이 나타납니다. 같은 커널, 같은 난수, 같은 덧셈 순서를 쓰므로 비트 하나도 다르지 않습니다.',
        }}
      </p>`,
    },
  ],
  notice: [
    {
      en: 'The filters begin as noise. As the loss falls, patches of one sign grow in them: edges and blobs, as text B shows them before and after. Go back to step 0 to compare.',
      ko: '필터는 무작위로 시작합니다. 손실이 줄면서 부호가 같은 덩어리가 자라나, “밑바닥부터 시작하는 딥러닝” 7.6절이 학습 전후로 보여 주는 에지와 덩어리 모양이 됩니다. 0스텝으로 돌아가 견주어 보십시오.',
    },
    {
      en: 'The batch is right more often than the held-out images once the network knows its 2,000 images by heart: that gap is overfitting. Let Adam train for 20 epochs at 0.01, 400 steps: it has every batch right, and stays near 97% of the held-out images.',
      ko: '이미지 2,000장을 외우고 나면 배치의 정확도가 평가용 이미지의 정확도보다 높아집니다. 이 차이가 과대적합입니다. Adam으로 학습률 0.01에서 20에폭(400스텝)까지 학습해 보십시오. 배치는 모두 맞히지만 평가용 이미지는 97% 근처에 머뭅니다.',
    },
    {
      en: `Text B reports 99.82% right on the training images and 98.96% on the test images. That network learned from all ${formatCount(mnistImages)} training images of MNIST, ${mnistImages / images} times as many as this page holds. What it gains are other images, not more steps with the same ones.`,
      ko: `“밑바닥부터 시작하는 딥러닝”에는 정확도가 훈련 데이터에서 99.82%, 시험 데이터에서 98.96%라고 나와 있습니다. 이 페이지에 든 이미지의 ${mnistImages / images}배인 MNIST 훈련 이미지 ${formatCount(mnistImages)}장을 모두 써서 얻은 값입니다. 차이는 같은 이미지를 더 오래 보아서가 아니라 다른 이미지를 더 많이 보아서 생깁니다.`,
    },
    {
      en: 'The rate decides. After 100 steps Adam has 85.4% of the held-out images right at 0.001, and 96.0% at 0.01. At 0.1 it never leaves chance: 10%.',
      ko: '학습률이 결과를 가릅니다. 100스텝 뒤 Adam은 학습률 0.001에서 평가용 이미지의 85.4%, 0.01에서 96.0%를 맞힙니다. 0.1에서는 찍는 것과 같은 10%를 벗어나지 못합니다.',
    },
    {
      en: 'SGD needs another rate: at 0.001 it stays at chance, at 0.1 it begins to learn (30.6%), and momentum at 0.1 reaches 91.6% in the same 100 steps.',
      ko: 'SGD에는 다른 학습률이 필요합니다. 0.001에서는 찍는 것과 다름없고, 0.1에서는 배우기 시작하며(30.6%), 모멘텀은 0.1에서 같은 100스텝 만에 91.6%에 이릅니다.',
    },
    {
      en: 'With sigmoid and these small first weights nothing is learned in 100 steps: look at the gradients of conv1. The lesson on beginnings says why.',
      ko: '시그모이드와 이렇게 작은 가중치 초깃값으로는 100스텝 동안 아무것도 배우지 못합니다. conv1의 기울기를 보십시오. 그 까닭은 초깃값을 다루는 강의에 있습니다.',
    },
  ],
  checks: [
    {
      question: {
        en: 'How many parameters has the convolution with 30 filters of 5×5, with biases?',
        ko: '5×5 필터 30개인 합성곱층의 매개변수는 편향을 포함하여 몇 개입니까?',
      },
      answer: layers[0].parameters,
      why: {
        en: '30 · (5 · 5 · 1 + 1). Nearly all others are in the dense layer of 100.',
        ko: '30 · (5 · 5 · 1 + 1)입니다. 나머지는 거의 모두 100개짜리 완전연결층에 있습니다.',
      },
    },
    {
      question: {
        en: '2,000 images in batches of 50: how many steps are 5 epochs?',
        ko: '이미지 2,000장을 50장씩 학습하면 5에폭은 몇 스텝입니까?',
      },
      answer: (images / 50) * 5,
      why: {
        en: '2,000 / 50 steps an epoch, five times.',
        ko: '1에폭이 2,000 / 50스텝이고, 그 다섯 배입니다.',
      },
    },
  ],
  example: 'train-here.example.ts',
  data: {
    'training-digits': trainingDigits,
    'held-out-digits': heldOutDigits,
    'training-record': trainingRecord,
  },
  notebook: 'training',
  sources: [
    {
      source: 'B',
      where: {
        en: '§7.5, SimpleConvNet, and §7.6, filters before and after',
        ko: '7.5절 SimpleConvNet, 7.6절 학습 전후의 필터',
      },
    },
    { source: 'D', where: { en: '§4.2, hyper-parameters', ko: '4.2절 하이퍼파라미터' } },
    { source: 'C', where: { en: 'training and evaluation', ko: '학습과 평가' } },
  ],
};
