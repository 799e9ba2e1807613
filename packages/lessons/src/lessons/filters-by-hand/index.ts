import { classicFilters, crossCorrelation, outputSize } from '@convbook/core';
import { cameraPart, clearButton, drawingCanvas } from '@convbook/page';
import { html } from '@convbook/page/markup';
import { someDigits } from '../../data/mnist.ts';
import type { Lesson } from '../../lesson.ts';
import { filterFigure } from './filter-figure.ts';
import { filterSide } from './filters.ts';
import { shapes } from './grey-image.ts';
import { sheetFigure } from './sheet-figure.ts';

/** Black on the left and in the middle, white on the right. */
const wall = Array.from({ length: filterSide }, () => [0, 0, 255]);
const even = Array.from({ length: filterSide }, () => [90, 90, 90]);
const slope = Array.from({ length: filterSide }, () => shapes.values.slice(-filterSide));
const [slopeSeen, changeSeen] = [classicFilters.sobelX, classicFilters.edges].map(
  (filter) => crossCorrelation(slope, filter)[0][0],
);
const across = outputSize(shapes.side, filterSide, 1, 0);

const ownPicture = html`<details class="fold filters-own" data-filters-own hidden>
  <summary>
    ${{ en: 'Draw, or give a picture of your own', ko: '직접 그리거나 사진 고르기' }}
  </summary>
  <p class="caption">
    ${{
      en: 'The picture never leaves this page: the page cannot send anything. It is made grey and square.',
      ko: '그림은 이 페이지를 벗어나지 않습니다. 이 페이지는 아무것도 보낼 수 없습니다. 그림은 회색 정사각형으로 바뀝니다.',
    }}
  </p>
  <div class="filters-give">
    ${drawingCanvas(
      {
        en: 'Draw here with mouse, finger or pen',
        ko: '여기에 마우스나 손가락, 펜으로 그리십시오',
      },
      { grey: 0, ink: 'bright' },
      [shapes.side, shapes.side],
    )}
    <div>
      <p class="try-controls">
        ${clearButton()}
        <label
          >${{ en: 'Picture file', ko: '그림 파일' }} <input type="file" accept="image/*" data-file
        /></label>
        <span role="status" data-file-said></span>
      </p>
      ${cameraPart()}
    </div>
  </div>
</details>`;

export const filtersByHandLesson: Lesson = {
  id: 'filters-by-hand',
  question: {
    en: 'A network learns its filters. What can nine numbers see that people chose, long before networks?',
    ko: '신경망은 필터를 스스로 학습합니다. 그보다 훨씬 전에 사람이 고른 수 아홉 개로는 무엇을 볼 수 있을까요?',
  },
  parts: [
    {
      prose: html`<p>
        ${{
          en: 'Every pixel is a number from 0, black, to 255, white. A filter multiplies nine neighbours by nine weights and adds up: the same convolution as in a network, without bias. Sobel’s filter for x subtracts what lies left from what lies right. Move over the pictures, and see each number made.',
          ko: '픽셀 하나는 0(검정)부터 255(흰색)까지의 수입니다. 필터는 이웃한 픽셀 아홉 개에 가중치 아홉 개를 곱해서 더합니다. 신경망의 합성곱과 같고, 편향만 없습니다. 소벨 x 필터는 오른쪽 값에서 왼쪽 값을 뺍니다. 그림 위에서 마우스나 손가락을 움직이면서 수 하나하나가 어떻게 나오는지 보십시오.',
        }}
      </p>`,
    },
    {
      figure: filterFigure,
      caption: {
        en: 'Point at a picture, drag a finger over it, or use the arrow keys. Press a weight of the filter: it rises by 1, and after 2 comes −2. A grey picture can show nothing below 0: it is black there, as after ReLU.',
        ko: '그림 위에 마우스를 올리거나 손가락으로 끌거나, 화살표 키를 쓰십시오. 필터의 가중치를 누르면 1씩 커지고, 2 다음은 −2입니다. 회색 그림은 0보다 작은 값을 나타내지 못하므로, ReLU를 거친 것처럼 그 자리가 검습니다.',
      },
    },
    { prose: ownPicture },
    {
      prose: html`<p>
        ${{
          en: 'Each filter asks its own question of the same picture. A convolution layer with nine filters gives just these nine feature maps, one for each filter.',
          ko: '같은 그림에서도 필터마다 찾는 것이 다릅니다. 필터가 아홉 개인 합성곱층은 바로 이렇게 필터마다 하나씩 특징 맵 아홉 장을 내놓습니다.',
        }}
      </p>`,
    },
    {
      figure: sheetFigure,
      caption: {
        en: 'Blue: above 0. Orange: below. Each picture has its own scale. Choose the test picture: at its single bright pixel each map shows its filter, turned round.',
        ko: '파란색은 0보다 큰 값, 주황색은 작은 값이며 눈금은 그림마다 따로 맞추었습니다. 도형을 골라 보십시오. 홀로 밝은 픽셀이 있는 자리에는 필터가 180° 돌아간 모습으로 나타납니다.',
      },
    },
  ],
  notice: [
    {
      en: 'Sobel x is positive where it grows brighter to the right, negative where darker. The two signs of Sobel y give the same map with opposite signs; after ReLU a network needs both.',
      ko: '소벨 x는 오른쪽으로 밝아지는 곳에서 양수, 어두워지는 곳에서 음수입니다. 부호가 반대인 두 소벨 y는 부호만 반대인 맵을 냅니다. ReLU를 거친 뒤에는 둘 다 있어야 합니다.',
    },
    {
      en: 'Where the weights add up to 0, even areas vanish. Where they add up to 1, as in sharpen, blur and identity, the picture stays as bright.',
      ko: '가중치의 합이 0이면 밝기가 고른 곳은 사라집니다. ‘선명하게’, ‘흐리게’, 항등처럼 합이 1이면 밝기가 유지됩니다.',
    },
    {
      en: `Look at the strip that grows evenly brighter: Sobel x answers ${slopeSeen} all along it, edges of 4 or 8 neighbours answer ${changeSeen}. Sobel measures the slope, the others how the slope changes.`,
      ko: `고르게 밝아지는 띠를 보십시오. 소벨 x는 어디서나 ${slopeSeen}이고, 이웃 4개나 8개의 에지 필터는 ${changeSeen}입니다. 소벨 필터는 밝기가 변하는 빠르기를, 에지 필터는 그 빠르기가 달라지는 정도를 잽니다.`,
    },
    {
      en: 'Sharpen is identity minus edges of 4 neighbours. Blur is average pooling by windows of 3×3 with stride 1.',
      ko: '‘선명하게’는 항등에서 이웃 4개의 에지 필터를 뺀 것이고, ‘흐리게’는 윈도우 3×3, 스트라이드 1인 평균 풀링과 같습니다.',
    },
    {
      en: 'Nobody types filters into a network. They begin as random numbers, and training makes some of them much like these: edges and blobs.',
      ko: '신경망에는 필터를 손으로 넣지 않습니다. 무작위 수에서 시작하여 학습을 거치면 그중 일부가 이런 필터와 비슷해져서 에지나 덩어리(블롭)에 반응합니다.',
    },
  ],
  checks: [
    {
      question: {
        en: 'A window is 0 in its left and middle column and 255 in the right one. What does Sobel x answer?',
        ko: '윈도우의 왼쪽과 가운데 열은 0, 오른쪽 열은 255입니다. 소벨 x의 값은 얼마입니까?',
      },
      answer: crossCorrelation(wall, classicFilters.sobelX)[0][0],
      why: { en: '(1 + 2 + 1) × 255.', ko: '(1 + 2 + 1) × 255입니다.' },
    },
    {
      question: {
        en: 'All nine pixels of a window are 90. What does sharpen answer?',
        ko: '윈도우의 픽셀 아홉 개가 모두 90입니다. ‘선명하게’ 필터의 값은 얼마입니까?',
      },
      answer: crossCorrelation(even, classicFilters.sharpen)[0][0],
      why: {
        en: '5 × 90 − 4 × 90: the weights add up to 1.',
        ko: '5 × 90 − 4 × 90입니다. 가중치의 합이 1이기 때문입니다.',
      },
    },
    {
      question: {
        en: 'The picture has 64×64 pixels, the filter 3×3, stride 1, no padding. How many rows has the feature map?',
        ko: '그림은 64×64, 필터는 3×3, 스트라이드는 1이고 패딩은 없습니다. 특징 맵은 몇 행입니까?',
      },
      answer: across,
      why: { en: '(64 − 3) / 1 + 1.', ko: '(64 − 3) / 1 + 1입니다.' },
    },
  ],
  example: 'filters-by-hand.example.ts',
  data: { 'some-digits': someDigits },
  notebook: 'filters',
  sources: [
    {
      source: 'E',
      where: { en: 'filters: Sobel, edges, sharpen', ko: '필터: 소벨, 에지, 선명하게' },
    },
    {
      source: 'B',
      where: { en: '§7.6, filters before and after training', ko: '7.6절 학습 전후의 필터' },
    },
  ],
};
