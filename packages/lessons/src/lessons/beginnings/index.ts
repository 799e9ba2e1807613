import { activationReferences } from '@convbook/core/reference';
import { gaussian, heNormal, type Initializer } from '@convbook/layers';
import { html } from '@convbook/page/markup';
import { someDigits } from '../../data/mnist.ts';
import type { Lesson } from '../../lesson.ts';
import { layersFigure } from './layers-figure.ts';
import { sumFigure } from './sum-figure.ts';

const deviationOf = (start: Initializer) => ('deviation' in start ? start.deviation : NaN);

export const beginningsLesson: Lesson = {
  id: 'beginnings',
  question: {
    en: 'Training changes weights little by little. Does it matter with which numbers they begin?',
    ko: '학습은 가중치를 조금씩 바꾸어 갑니다. 그렇다면 처음에 어떤 수로 시작하는지가 중요할까요?',
  },
  parts: [
    {
      prose: html`<p>
          ${{
            en: 'A unit adds up many products, weight times input. Some are positive, some negative, and they partly cancel: a sum of n such products has a deviation that is √n times that of one product. With weights of deviation σ and inputs of deviation 1, the sum has the deviation √n · σ.',
            ko: '뉴런은 가중치와 입력의 곱을 많이 더합니다. 양수와 음수가 섞여 서로 일부 지워지므로, 이런 곱 n개를 더한 합의 표준편차는 곱 하나의 √n배가 됩니다. 가중치의 표준편차가 σ이고 입력의 표준편차가 1이면 합의 표준편차는 √n · σ입니다.',
          }}
        </p>
        <p>
          ${{
            en: 'So a good σ depends on n. Choose σ = √(1/n), and the sum is as large as an input: this is Xavier’s start as the text book has it, for a layer with as many outputs as inputs. Choose each number of inputs in turn, and press “Xavier’s”.',
            ko: '따라서 알맞은 σ는 n에 따라 다릅니다. σ = √(1/n)로 정하면 합이 입력과 같은 크기로 퍼지는데, 교재에서 Xavier 초깃값이라고 하는 것으로, 출력 수가 입력 수와 같은 층의 값입니다. ‘뉴런의 입력 수’를 바꾸어 가며 ‘Xavier 초깃값’을 눌러 보십시오.',
          }}
        </p>`,
    },
    {
      figure: sumFigure,
      caption: {
        en: '1,024 sums of a dense layer. Drag “Deviation of the weights” until hardly any sum lies beyond ±3.',
        ko: '난수로 뽑은 가중치를 쓰는 완전연결층이 계산한 합 1,024개입니다. ±3 밖에 놓이는 합이 거의 없을 때까지 ‘가중치의 표준편차’를 끌어 보십시오.',
      },
    },
    {
      prose: html`<h3>${{ en: 'Five layers, one above the other', ko: '층을 다섯 개 쌓으면' }}</h3>
        <p>
          ${{
            en: 'One layer that doubles its values does no harm; five make 32 of 1, and a gradient on its way down is multiplied layer by layer just so. Here are the values of every layer, and the deviation of values and gradients. A histogram shows all values of a layer and hides which unit gave them: a hundred units that each always say a number of their own look well spread, too. Only what a unit changes from input to input tells inputs apart, so “over the inputs” measures just that. Begin with the sigmoid and deviation 1, then 0.01, then Xavier; then choose ReLU and compare Xavier with He.',
            ko: '값을 두 배로 만드는 층 하나는 해롭지 않지만, 다섯을 쌓으면 1이 32가 됩니다. 내려오는 기울기도 층마다 똑같이 곱해집니다. 아래에는 층마다의 출력값 분포와, 값과 기울기의 표준편차가 있습니다. 히스토그램은 층의 값을 모두 모아 보여 주므로 어느 뉴런의 값인지는 알 수 없습니다. 뉴런 100개가 저마다 다른 값 하나만 늘 내더라도 고르게 퍼진 것처럼 보입니다. 입력을 구별하는 것은 입력이 바뀔 때 달라지는 값뿐이므로, ‘입력에 따라’에는 이것만 따로 재어 놓았습니다. 시그모이드에서 표준편차 1, 0.01, Xavier 초깃값 순서로 고른 다음, ReLU에서 Xavier 초깃값과 He 초깃값을 비교해 보십시오.',
          }}
        </p>`,
    },
    {
      figure: layersFigure,
      caption: {
        en: 'Dense layers: 100 normally distributed inputs a sample, 100 samples. Convolutions: eight MNIST digits at half their size, 3×3 filters with padding. Over the inputs: the deviation of one unit over all samples (the root of the mean variance of the units); each place of a map counts as a unit. Saturated: below 0.05 or above 0.95 for the sigmoid, beyond ±0.95 for tanh. Dead: 0 for every sample. Histograms of ReLU put all from 2 up into the last bar.',
        ko: '완전연결층은 정규분포를 따르는 입력 100개짜리 표본 100개를, 합성곱층은 절반 크기로 줄인 MNIST 숫자 여덟 장을 입력으로 받으며, 필터는 패딩이 있는 3×3입니다. ‘입력에 따라’는 표본이 바뀔 때 한 뉴런의 값이 갖는 표준편차(뉴런별 분산의 평균의 제곱근)이며, 합성곱층에서는 맵의 한 자리를 뉴런 하나로 봅니다. 포화는 시그모이드에서는 0.05보다 작거나 0.95보다 큰 값, tanh에서는 ±0.95를 벗어난 값입니다. 어떤 표본에서나 0이면 죽은 것으로 셉니다. ReLU의 히스토그램에서 마지막 막대는 2 이상인 값을 모두 모은 것입니다.',
      },
    },
  ],
  notice: [
    {
      en: 'Deviation 1, sigmoid: √100 · 1 = 10, so sums are far too large, and most values lie at 0 and 1. There the sigmoid is flat: a saturated unit passes no gradient on. The gradient as a whole does not shrink here, but only because the few others pass it through such large weights.',
      ko: '표준편차 1과 시그모이드: √100 · 1 = 10이므로 합이 너무 커서 값이 대부분 0과 1에 몰립니다. 그곳에서 시그모이드는 평평하므로 포화된 뉴런은 기울기를 전하지 못합니다. 여기서 기울기 전체가 줄지 않는 것은, 포화되지 않은 일부 뉴런이 아주 큰 가중치를 거쳐 기울기를 전하기 때문입니다.',
    },
    {
      en: 'Deviation 0.01, sigmoid: all values lie at 0.5. A hundred units that say the same are worth no more than one, and hardly any gradient comes down. All zeros is the extreme: every unit stays equal to its neighbours. Biases may begin at 0, since the weights already differ.',
      ko: '표준편차 0.01과 시그모이드: 값이 모두 0.5에 모입니다. 뉴런 100개가 같은 값을 내면 하나와 다를 바 없고, 기울기도 거의 내려오지 않습니다. 모두 0으로 시작하면 가장 심해서 뉴런이 모두 똑같은 채로 남습니다. 편향은 0으로 시작해도 됩니다. 가중치가 이미 서로 다르기 때문입니다.',
    },
    {
      en: 'Xavier with the sigmoid looks well spread, 0.124 in the last layer, but only because each unit has a constant of its own. Over the inputs a unit varies by 0.206 in layer 1 and by 0.000641 in layer 5. The slope of the sigmoid is at most 1/4: each layer leaves about that much of a change on its way up, and as much of the gradient on its way down, (1/4)⁴ = 0.0039. So deep networks of sigmoids were hard to train even with Xavier. Choose tanh, with the slope 1 at 0: about half of both is left.',
      ko: '시그모이드에 Xavier 초깃값을 쓰면 마지막 층의 값이 고르게 퍼진 것처럼 보이지만(0.124), 뉴런마다 늘 내는 값이 서로 다를 뿐입니다. 입력이 바뀔 때 한 뉴런의 값이 갖는 표준편차는 1층에서 0.206, 5층에서 0.000641입니다. 시그모이드의 미분값은 커야 1/4이므로, 입력의 변화는 층을 하나 올라갈 때마다 4분의 1쯤으로 줄고 기울기도 내려오면서 똑같이 줄어듭니다. (1/4)⁴ = 0.0039입니다. 시그모이드를 쓴 깊은 신경망이 Xavier 초깃값으로도 학습하기 어려웠던 까닭입니다. 0에서 미분값이 1인 tanh로 바꾸면 둘 다 절반쯤 남습니다.',
    },
    {
      en: 'ReLU sets half of the sums to 0, and with them half of their squares is lost: with Xavier’s start, values shrink layer by layer. He’s start makes up for it with √(2/n). In the convolutions here, eight filters are few, and chance decides how much is left: press “Draw other weights”.',
      ko: 'ReLU는 합의 절반을 0으로 만들어 제곱의 평균도 절반이 됩니다. 그래서 Xavier 초깃값에서는 층마다 값이 줄어듭니다. He 초깃값은 √(2/n)로 이를 메웁니다. 여기 있는 합성곱층은 필터가 여덟 개뿐이어서 얼마나 남는지가 우연에 크게 좌우됩니다. ‘가중치 다시 뽑기’를 눌러 보십시오.',
    },
    {
      en: 'Batch normalization brings each unit to mean 0 and deviation 1 before the activation: switch it on, and from deviation 0.01 up all starts look alike. At the slider’s lower end, 0.001, they do not, and with the sigmoid the values still shrink: the layer divides by √(variance + ε), and ε = 0.00001 is then more than the variance. All zeros stay all alike.',
      ko: '배치 정규화는 활성화 함수 앞에서 뉴런마다 값을 평균 0, 표준편차 1로 맞춥니다. 켜 보면 표준편차가 0.01 이상인 초깃값에서는 모두 분포가 비슷해집니다. 슬라이더의 왼쪽 끝인 0.001에서는 그렇지 않아서, 시그모이드에서는 값이 여전히 줄어듭니다. 배치 정규화는 √(분산 + ε)으로 나누는데, 이때는 ε = 0.00001이 분산보다 크기 때문입니다. 모두 0으로 시작하면 뉴런은 여전히 모두 똑같습니다.',
    },
    {
      en: 'Text B begins every layer with deviation 0.01, and it works: its network has three layers, and the largest has 4,320 inputs, √4,320 · 0.01 = 0.66. The five layers of 100 inputs above fade with it.',
      ko: '“밑바닥부터 시작하는 딥러닝” 7장의 신경망은 모든 층을 표준편차 0.01로 시작하는데도 잘 학습됩니다. 층이 셋뿐이고, 가장 큰 층은 입력이 4,320개여서 √4,320 · 0.01 = 0.66이기 때문입니다. 위의 그림처럼 입력이 100개인 층을 다섯 개 쌓으면 같은 0.01로도 신호가 사라집니다.',
    },
  ],
  checks: [
    {
      question: {
        en: 'A unit adds up 10,000 inputs of deviation 1, with weights of deviation 0.01. What is the deviation of the sum?',
        ko: '뉴런이 표준편차가 1인 입력 10,000개를 표준편차가 0.01인 가중치로 더합니다. 합의 표준편차는 얼마입니까?',
      },
      answer: Math.sqrt(10_000) * deviationOf(gaussian(0.01)),
      why: { en: '√10,000 · 0.01 = 100 · 0.01.', ko: '√10,000 · 0.01 = 100 · 0.01입니다.' },
    },
    {
      question: {
        en: 'Which deviation has He’s start for a 3×3 filter over 32 channels? Four decimals do.',
        ko: '채널 32개를 보는 3×3 필터의 He 초깃값은 표준편차가 얼마입니까? 소수 넷째 자리까지 쓰십시오.',
      },
      answer: deviationOf(heNormal(3 * 3 * 32)),
      decimals: 4,
      why: {
        en: 'The filter has 3 · 3 · 32 = 288 inputs, and √(2/288) = 1/12.',
        ko: '필터의 입력은 3 · 3 · 32 = 288개이고, √(2/288) = 1/12입니다.',
      },
    },
    {
      question: {
        en: 'What is the slope of the sigmoid at 0, where it is steepest?',
        ko: '시그모이드가 가장 가파른 0에서 미분값은 얼마입니까?',
      },
      answer: activationReferences.sigmoid.derivative(0, 0),
      why: {
        en: 'σ(x)(1 − σ(x)), and σ(0) = 0.5.',
        ko: '미분은 σ(x)(1 − σ(x))이고, σ(0) = 0.5입니다.',
      },
    },
  ],
  example: 'beginnings.example.ts',
  data: { 'some-digits': someDigits },
  notebook: 'training',
  sources: [
    {
      source: 'B',
      where: { en: '§7.5, weights N(0, 0.01²)', ko: '7.5절, 표준편차 0.01인 정규분포' },
    },
    {
      source: 'D',
      where: { en: '§4.2, hyper-parameters: initialization', ko: '4.2절 하이퍼파라미터, 초기화' },
    },
  ],
  slips: [
    {
      en: 'Many texts give Xavier’s deviation as √(1/n), n the inputs of a unit. Glorot and Bengio (2010) count its outputs, too: √(2/(inputs + outputs)). The first figure shows √(1/n); the five layers, and our library, compute the other. Where a layer has as many outputs as inputs, as the dense ones here, both are the same; with 25 inputs and 100 outputs they are 0.2 and 0.126.',
      ko: '많은 글이 Xavier 초깃값의 표준편차를 √(1/n)로 적습니다(n은 뉴런의 입력 수). 원래 논문은 출력 수까지 세어 √(2/(입력 수 + 출력 수))로 정했습니다. 첫째 그림은 √(1/n)을 보여 주고, 다섯 층 그림과 우리 라이브러리는 논문의 식으로 계산합니다. 위의 완전연결층처럼 입력 수와 출력 수가 같으면 두 값은 같고, 입력이 25개이고 출력이 100개이면 0.2와 0.126입니다.',
    },
  ],
};
