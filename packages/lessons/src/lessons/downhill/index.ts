import { html } from '@convbook/page/markup';
import { mnistDigits } from '../../data/mnist.ts';
import type { Lesson } from '../../lesson.ts';
import { downhillChecks } from './checks.ts';
import { lossFigure } from './loss-figure.ts';
import { trainingFigure } from './training-figure.ts';
import { digitsName, digitsPerClass } from './training.ts';
import { valleyFigure } from './valley-figure.ts';

export const downhillLesson: Lesson = {
  id: 'downhill',
  question: {
    en: 'Every number now knows its gradient, the way uphill. How far should it go the other way, and straight down or not?',
    ko: '이제 매개변수마다 기울기, 곧 손실이 커지는 방향을 압니다. 그 반대쪽으로 얼마나 가야 할까요? 곧장 내려가는 것이 가장 좋을까요?',
  },
  parts: [
    {
      prose: html`<p>
          ${{
            en: 'Gradient descent subtracts a little of the gradient: p ← p − η·g, where η is the learning rate. The loss of a network is a landscape over all its parameters, and mostly a long valley: steep across, flat along. Here is one with two parameters, f(x, y) = x²/20 + y², seen from above. Across, its slope is 2y; along, only x/10. So the gradient points at the other wall and hardly along the floor, where the minimum lies.',
            ko: '경사하강법은 기울기의 일부를 뺍니다. p ← p − η·g이고 η는 학습률입니다. 신경망의 손실은 모든 매개변수 위에 펼쳐진 지형이며, 대개 가로지르면 가파르고 따라가면 완만한 긴 골짜기입니다. 여기 매개변수가 둘인 골짜기 f(x, y) = x²/20 + y²을 위에서 내려다봅니다. y 방향의 기울기는 2y지만 x 방향은 x/10뿐입니다. 그래서 기울기는 최솟값이 있는 골짜기 바닥 쪽이 아니라 거의 맞은편 벽을 가리킵니다.',
          }}
        </p>
        <p>
          ${{
            en: 'All optimizers answer the same question: how to be fast along the floor without being thrown from wall to wall. Momentum adds up gradients, so that those across cancel and those along gather. AdaGrad and RMSprop divide the gradient of each parameter by its own usual size (plus a tiny ε, left out below, against dividing by 0). Adam does both.',
            ko: '옵티마이저는 모두 같은 물음에 답합니다. 벽 사이를 튀어 다니지 않으면서 바닥을 따라 빨리 가려면 어떻게 해야 할까요? 모멘텀은 기울기를 쌓아서, 골짜기를 가로지르는 성분은 서로 지워지고 따라가는 성분은 모이게 합니다. AdaGrad와 RMSprop은 매개변수마다 기울기를 그 평소 크기로 나눕니다(0으로 나누지 않도록 아주 작은 ε을 더하는데, 아래에서는 생략했습니다). Adam은 둘 다 합니다.',
          }}
        </p>`,
    },
    {
      figure: valleyFigure,
      caption: {
        en: 'Press “Play”, or drag the start over the valley; with the keyboard, the arrow keys move it. “Show” picks one optimizer and writes its last step out in numbers. The start and the rates of SGD, momentum, AdaGrad and Adam are at first those of “Deep Learning from Scratch”, chapter 6; those of Nesterov, RMSprop and AdamW are ours.',
        ko: '‘재생’을 누르거나 골짜기에서 출발점을 끌어 보십시오. 키보드로는 화살표 키로 옮깁니다. ‘보기’에서 옵티마이저 하나를 고르면 마지막 스텝의 계산을 수로 펼쳐 보여 줍니다. 처음의 출발점과 SGD, 모멘텀, AdaGrad, Adam의 학습률은 “밑바닥부터 시작하는 딥러닝” 6장의 값이고, 네스테로프, RMSprop, AdamW의 학습률은 우리가 정했습니다.',
      },
    },
    {
      prose: html`<p>
        ${{
          en: 'The rate decides most. Across the valley SGD multiplies y by 1 − 2η in each step: at η = 0.95 by −0.9, a zigzag that slowly dies out; from η = 1 on it never does. Along the valley it multiplies x by 1 − η/10: with a rate ten times smaller, hardly anything happens. A network has the same limits, only that nobody knows them beforehand. Train a small one, on 200 handwritten digits, and look for them.',
          ko: '가장 중요한 것은 학습률입니다. 골짜기를 가로지르는 방향에서 SGD는 스텝마다 y에 1 − 2η를 곱합니다. η = 0.95이면 −0.9를 곱하므로 지그재그가 천천히 잦아들고, η가 1 이상이면 결코 잦아들지 않습니다. 골짜기를 따라가는 방향에서는 x에 1 − η/10을 곱하므로, 학습률이 10분의 1이면 거의 움직이지 않습니다. 신경망에도 이런 한계가 있지만 미리 알 수는 없습니다. 손글씨 숫자 200장으로 작은 신경망을 학습하며 그 한계를 찾아보십시오.',
        }}
      </p>`,
    },
    {
      figure: trainingFigure,
      caption: {
        en: 'One convolution of four filters, pooling, one dense layer: trained in this page, from the same first weights by every optimizer. Move “Learning rates ×”, or press “Train”. ×1 is the rate that our program takes where none is given.',
        ko: '필터 네 개인 합성곱 하나, 풀링, 완전연결층 하나로 된 신경망을 이 페이지에서 모든 옵티마이저로 학습합니다. 가중치의 초깃값은 모두 같습니다. ‘학습률 ×’를 움직이거나 ‘학습하기’를 누르십시오. ×1은 학습률을 정하지 않았을 때 우리 프로그램이 쓰는 값입니다.',
      },
    },
    {
      prose: html`<p>
        ${{
          en: 'And what is it that goes downhill? The loss says how bad an answer is; its gradient, how hard it pulls. Take one mistake: two classes, and the network gives the right one only 2%. After softmax, L1 and L2 compare probabilities with 1 and 0. Where the network is wrong and sure, softmax hardly moves, and they hardly pull. Cross-entropy takes the logarithm, which undoes the exponential of softmax: its gradient is p − 1, the larger the worse the mistake.',
          ko: '그렇다면 내려가는 것은 무엇일까요? 손실은 답이 얼마나 나쁜지를, 손실의 기울기는 얼마나 세게 고치려 하는지를 나타냅니다. 오답 하나를 봅시다. 클래스는 둘인데 신경망이 정답에 2%만 주었습니다. L1과 L2는 소프트맥스를 거친 확률을 1과 0에 비교합니다. 신경망이 틀리고도 확신하면 소프트맥스는 거의 움직이지 않으므로 고치려는 힘도 거의 없습니다. 교차 엔트로피는 로그를 취해 소프트맥스의 지수 함수를 되돌립니다. 기울기는 p − 1이고, 많이 틀릴수록 큽니다.',
        }}
      </p>`,
    },
    {
      figure: lossFigure,
      caption: {
        en: 'Move the probability. Left: the loss. Right: its gradient for the score of the right class, by which the network learns.',
        ko: '확률을 움직여 보십시오. 왼쪽은 손실이고, 오른쪽은 정답 클래스의 점수에 대한 손실의 기울기로, 신경망은 이것으로 배웁니다.',
      },
    },
  ],
  notice: [
    {
      en: 'Set the valley’s rates to ×1.19: SGD climbs, all others still arrive. At ×8 Nesterov climbs, too, and momentum with the same rate does not.',
      ko: '골짜기의 학습률을 ×1.19로 해 보십시오. SGD는 올라가지만 나머지는 모두 내려갑니다. ×8에서는 네스테로프도 올라가지만 학습률이 같은 모멘텀은 그렇지 않습니다.',
    },
    {
      en: 'At ×1, set the momentum to 0: momentum and Nesterov are SGD with the rate 0.1. Near 0.99 they swing past the minimum for a long time, as a heavy ball does.',
      ko: '×1에서 모멘텀을 0으로 하면 모멘텀과 네스테로프는 학습률이 0.1인 SGD와 같습니다. 0.99에 가까우면 무거운 공처럼 최솟값을 지나쳐 오래 흔들립니다.',
    },
    {
      en: 'AdaGrad’s h only grows, so its steps only shrink. Show AdaGrad at ×0.25: in 15 steps it comes from x = −7 to −4.77, and in the next 45 only to −2.64. A long training nearly stops. RMSprop forgets old gradients: its h shrinks with them.',
      ko: 'AdaGrad의 h는 커지기만 하므로 걸음은 줄어들기만 합니다. ‘보기’에서 AdaGrad를 고르고 학습률을 ×0.25로 해 보십시오. 15스텝 만에 x = −7에서 −4.77까지 가지만, 그다음 45스텝 동안에는 −2.64까지밖에 못 갑니다. 오래 학습하면 거의 멈춥니다. RMSprop은 옛 기울기를 잊으므로 기울기가 작아지면 h도 작아집니다.',
    },
    {
      en: 'AdamW shrinks every parameter a little in each step (weight decay). Here the minimum is at 0, so that helps; in a network it keeps weights small.',
      ko: 'AdamW는 스텝마다 모든 매개변수를 조금씩 줄입니다(가중치 감쇠). 여기서는 최솟값이 0에 있어 도움이 되고, 신경망에서는 가중치를 작게 유지합니다.',
    },
    {
      en: 'No optimizer wins everywhere. On the small network at ×1 momentum and Nesterov lead; at ×10 they learn nothing, and Adam leads. At ×0.01 nobody gets far.',
      ko: '어디서나 이기는 옵티마이저는 없습니다. 작은 신경망에서 ×1이면 모멘텀과 네스테로프가 앞서지만, ×10이면 둘은 아무것도 배우지 못하고 Adam이 앞섭니다. ×0.01에서는 모두 제자리걸음입니다.',
    },
    {
      en: 'Binary cross-entropy of one output with sigmoid is the cross-entropy of two classes: σ(s) is softmax with a second score of 0.',
      ko: '출력이 하나이고 시그모이드를 쓰는 이진 교차 엔트로피는 클래스가 둘인 교차 엔트로피와 같습니다. σ(s)는 둘째 점수가 0인 소프트맥스입니다.',
    },
  ],
  checks: downhillChecks,
  example: 'downhill.example.ts',
  data: { [digitsName]: () => mnistDigits('train', digitsPerClass) },
  notebook: 'training',
  sources: [
    {
      source: 'D',
      where: {
        en: '§4.2, hyper-parameters: losses and optimizers',
        ko: '4.2절 하이퍼파라미터: 손실 함수와 옵티마이저',
      },
    },
    { source: 'B', where: { en: '§7.5, training with Adam', ko: '7.5절 Adam으로 학습' } },
  ],
};
