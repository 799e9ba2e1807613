import { html } from '@convbook/page/markup';
import type { Lesson } from '../../lesson.ts';
import { chainFigure } from './chain-figure.ts';
import { backwardsChecks } from './checks.ts';

export const backwardsLesson: Lesson = {
  id: 'backwards',
  question: {
    en: 'The answer is wrong, and the network has thousands of numbers. By how much is each of them to blame?',
    ko: '신경망이 틀린 답을 냈습니다. 수천 개나 되는 매개변수 가운데 어느 것을 얼마나 고쳐야 할까요?',
  },
  parts: [
    {
      prose: html`<p>
          ${{
            en: 'Here is a whole network, small enough to read: a 4×4 input, one 2×2 filter with a bias, ReLU, max pooling with windows of 2×2 and stride 1, a dense layer for two classes, softmax with cross-entropy. The upper numbers of each pair are computed forwards, from the input to the loss L. The lower ones are computed backwards: the gradient ∂L/∂v of a number v says how fast the loss grows when v grows.',
            ko: '한눈에 읽을 수 있을 만큼 작은 신경망 전체입니다. 4×4 입력, 편향이 있는 2×2 필터 하나, ReLU, 2×2 윈도우를 스트라이드 1로 옮기는 최대 풀링, 클래스가 둘인 완전연결층, 그리고 소프트맥스와 교차 엔트로피로 이루어져 있습니다. 각 쌍에서 위의 수는 입력에서 손실 L까지 앞으로 계산한 값이고, 아래의 수는 손실에서부터 거꾸로 계산한 기울기입니다. 어떤 수 v의 기울기 ∂L/∂v는 v가 커질 때 손실이 얼마나 빨리 커지는지를 나타냅니다.',
          }}
        </p>
        <p>
          ${{
            en: 'Going back needs no new idea at any layer. Each layer takes the gradients of its outputs, multiplies each by how strongly that output depends on the number in question, and adds up: this is the chain rule. Press any number to see it written out.',
            ko: '거꾸로 갈 때 층마다 새로운 원리가 필요하지는 않습니다. 층은 자기 출력의 기울기를 받아, 그 출력이 해당 수에 얼마나 민감한지를 곱한 다음 모두 더합니다. 이것이 연쇄 법칙입니다. 아무 수나 눌러 계산 과정을 펼쳐 보십시오.',
          }}
        </p>`,
    },
    {
      figure: chainFigure,
      caption: {
        en: 'Press a number, or reach it with Tab and the arrow keys: outlined is what its gradient is made of. Move “Chosen number” to change an input, a weight or a bias, and every number follows. Left below: the loss as this number moves; its slope there is the gradient. Right: move h to see that a finite difference is best at neither end.',
        ko: '수를 누르거나 탭 키와 화살표 키로 고르십시오. 그 기울기를 만드는 수들에 테두리가 생깁니다. ‘고른 수’를 움직여 입력이나 가중치, 편향을 바꾸면 모든 수가 따라 바뀝니다. 아래 왼쪽은 이 수를 바꿀 때의 손실로, 그 자리에서의 기울어진 정도가 바로 기울기입니다. 오른쪽에서는 h를 움직여 유한 차분이 너무 크거나 작은 간격에서는 나빠지는 것을 확인하십시오.',
      },
    },
    {
      prose: html`<p>
        ${{
          en: 'There is another way to every gradient, which needs no chain rule: nudge the number by h, run the network again, and see how much the loss moved. It is how our own tests check every layer. To train by it would be hopeless: two runs for each number, where going back once gives all of them. And it is never exact. A large h sees the curve, not its slope, or steps over the kink of a ReLU or of a maximum; with a tiny h the two losses agree in all digits that float32 has, and the difference is only rounding.',
          ko: '연쇄 법칙 없이도 기울기를 구할 수 있습니다. 수를 h만큼 바꾸고 신경망을 다시 계산하여 손실이 얼마나 달라지는지 보면 됩니다. 이 책에 쓰인 층도 모두 이 방법으로 검사합니다. 그러나 이것으로 학습할 수는 없습니다. 수 하나마다 두 번씩 계산해야 하지만, 역전파는 한 번이면 모든 기울기를 얻습니다. 또 결과가 정확하지도 않습니다. h가 크면 기울기가 아니라 곡선의 휘어짐까지 재거나 ReLU나 최댓값이 꺾이는 곳을 넘어가고, h가 아주 작으면 두 손실이 32비트 실수의 자릿수 안에서 같아져 반올림 오차만 남습니다.',
        }}
      </p>`,
    },
  ],
  notice: [
    {
      en: 'Softmax with cross-entropy has the simplest gradient there is: the probability, less 1 for the right class. Its sum over the classes is 0. Change the right class: the signs turn around.',
      ko: '소프트맥스와 교차 엔트로피를 합치면 기울기가 아주 간단해집니다. 확률에서 정답 클래스만 1을 뺀 값이고, 모든 클래스에 걸쳐 더하면 0입니다. 정답을 바꾸면 부호가 뒤집힙니다.',
    },
    {
      en: 'Where the feature map is negative, ReLU lets nothing back: those places teach the filter nothing this time. Press the bias b and move “Chosen number” to −5: the whole map is negative, the filter gets no gradient at all, and no step can bring it back.',
      ko: '특징 맵이 음수인 곳에서는 ReLU가 기울기를 통과시키지 않으므로 필터는 그 자리에서 아무것도 배우지 못합니다. 편향 b를 누르고 ‘고른 수’를 −5로 옮겨 보십시오. 맵 전체가 음수가 되어 필터의 기울기가 모두 0이 되고, 아무리 학습해도 되살아나지 못합니다.',
    },
    {
      en: 'Max pooling sends the gradient to the winner of each window alone. Windows overlap here, so one number wins two of them and gets both gradients, added.',
      ko: '최대 풀링은 윈도우마다 최댓값 하나에만 기울기를 보냅니다. 여기서는 윈도우가 겹치므로 수 하나가 두 윈도우에서 최댓값이 되어 두 기울기의 합을 받습니다.',
    },
    {
      en: 'A filter weight is used at nine places, and its gradient is the sum over all nine. That is why a convolution learns from few images: every place of every image teaches the same weights.',
      ko: '필터의 가중치 하나는 아홉 자리에서 쓰이고, 그 기울기는 아홉 자리의 합입니다. 이미지마다 모든 자리에서 나온 기울기가 같은 가중치를 고치므로, 합성곱은 적은 이미지로도 학습됩니다.',
    },
    {
      en: 'Pixels have gradients too, though nobody changes them in training. They say which pixels the loss depends on: the notebook’s explanations show them as maps.',
      ko: '학습에서 바꾸지는 않지만 픽셀에도 기울기가 있습니다. 손실이 어느 픽셀에 민감한지를 알려 주며, 노트북의 설명 셀은 이것을 맵으로 보여 줍니다.',
    },
  ],
  checks: backwardsChecks,
  example: 'backwards.example.ts',
  notebook: 'explanations',
  sources: [
    {
      source: 'B',
      where: { en: '§7.5, the network that is trained', ko: '7.5절 CNN 구현하기' },
    },
    {
      source: 'E',
      where: { en: 'training the PyTorch model', ko: 'PyTorch 모델의 학습' },
    },
  ],
};
