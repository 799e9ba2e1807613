import { elementCount, im2col } from '@convbook/core';
import { formatCount, formatNumber, html } from '@convbook/page/markup';
import { defineFigure } from '../../figure/figure.ts';
import type { Lesson } from '../../lesson.ts';
import { withParticle } from '../../figure/with-particle.ts';
import { backFigure, countsOf } from './back-figure.ts';
import { batchFigure } from './batch-figure.ts';
import { matrixFigure } from './matrix-figure.ts';

/** Rows and columns of the matrix, of a stride of 1 without padding. */
function sizeOf(shape: readonly number[], kernel: number): readonly number[] {
  const images = { shape, data: new Float64Array(elementCount(shape)) };
  return im2col(images, [kernel, kernel], { stride: [1, 1], padding: [0, 0] }).shape;
}

const [single, ten] = [
  [1, 3, 7, 7],
  [10, 3, 7, 7],
];
const [one, many] = [sizeOf(single, 5), sizeOf(ten, 5)];
const [held, given] = [elementCount(one), elementCount(single)];
const counts = countsOf(backFigure.start);
const mnist = sizeOf([1, 1, 28, 28], 5);
const filterNumbers = mnist[1] * 30;
const corner = counts[0][0];
const middle = counts[3][3];

export const im2colLesson: Lesson = {
  id: 'im2col',
  question: {
    en: 'A convolution is a loop over images, filters, rows and columns, and inside each a loop over the window. How does im2col make a single matrix product of it, and at what price?',
    ko: '합성곱을 그대로 짜면 이미지, 필터, 행, 열을 도는 반복문 안에 다시 윈도우를 도는 반복문이 들어갑니다. im2col은 이것을 어떻게 행렬 곱 한 번으로 바꿀까요? 그 대가는 무엇일까요?',
  },
  parts: [
    {
      prose: html`<p>
        ${{
          en: 'im2col writes down each window as a row of a matrix: the numbers of the first channel row by row, then those of the next channel. Each filter becomes a column of another matrix, in the same order. A row times a column is now just what a convolution does at one place: products of a window and a filter, added up. Rows times columns give every output at once. Press a row of the matrix, and see its window and its outputs.',
          ko: 'im2col은 윈도우마다 그 안의 수를 한 줄로 펴서 행렬의 행으로 놓습니다. 첫 채널의 수를 한 행씩 차례로 쓰고, 이어서 다음 채널의 수를 씁니다. 필터는 같은 순서로 펴서 다른 행렬의 열로 놓습니다. 그러면 행과 열의 곱은 합성곱이 한 자리에서 하는 계산, 곧 윈도우와 필터를 곱해 모두 더하는 계산과 같습니다. 두 행렬을 곱하면 모든 출력이 한꺼번에 나옵니다. 행렬의 행을 눌러 그 윈도우와 출력을 확인해 보십시오.',
        }}
      </p>`,
    },
    {
      figure: defineFigure(matrixFigure),
      caption: {
        en: 'Press a number of any table, drag the window over the image, or use the arrow keys: the same window, weight and output stand out everywhere. The products are those of the convolution kernel.',
        ko: '어느 표에서든 수를 누르거나, 이미지 위에서 윈도우를 끌거나, 화살표 키를 쓰십시오. 같은 윈도우와 가중치와 출력이 모든 표에서 함께 표시됩니다. 행렬 곱의 값은 합성곱 커널이 계산한 것입니다.',
      },
    },
    {
      prose: html`<p>
        ${{
          en: html`How large does the matrix grow? It has a row for each place of the window in each
          image, and a column for each weight of a filter. An input (N, C, H, W) of (1, 3, 7, 7)
          with 5×5 filters gives (${one.join(', ')}), ten such images (${many.join(', ')}). Red,
          green and blue are the three channels; the brightness of a pixel tells its place, so you
          can find it again in the matrix.`,
          ko: html`행렬은 얼마나 커질까요? 행은 이미지마다 윈도우가 놓이는 위치의 수만큼, 열은 필터
          하나의 가중치 수만큼 있습니다. 입력 (N, C, H, W)가 (1, 3, 7, 7)이고 필터가 5×5이면
          ${withParticle(`(${one.join(', ')})`, '이')} 되고, 이미지가 10장이면
          ${withParticle(`(${many.join(', ')})`, '이')} 됩니다. 빨강, 초록, 파랑은 세 채널입니다.
          픽셀마다 밝기가 다르니 행렬에서 같은 픽셀을 찾아보십시오.`,
        }}
      </p>`,
    },
    {
      figure: defineFigure(batchFigure),
      caption: {
        en: 'Set the images to 10. Press a row of the matrix, or drag the window. Then change one setting at a time, and predict the size before you look.',
        ko: '이미지 수를 10으로 바꿔 보십시오. 행렬의 행을 누르거나 윈도우를 끌어 보고, 설정을 하나씩 바꾸면서 크기를 먼저 예측해 보십시오.',
      },
    },
    {
      prose: html`<p>
        ${{
          en: html`Training also needs the way back. Call the matrix of windows X, that of filters
            W, and their product Y. Two more products give the gradients:
            <code class="option">dW = Xᵀ · dY</code> for the filters and
            <code class="option">dX = dY · Wᵀ</code> for every number of X. But a pixel stands in X
            once for every window that covers it, and each of these changes the loss. So col2im puts
            each number back at its pixel and adds up where windows overlap. Here it puts back a
            matrix of ones, and thereby counts.`,
          ko: html`학습할 때는 거꾸로 가는 길도 필요합니다. 윈도우 행렬을 X, 필터 행렬을 W, 둘의
            곱을 Y라고 하면, 기울기도 행렬 곱 두 번으로 나옵니다. 필터의 기울기는
            <code class="option">dW = Xᵀ · dY</code>이고, X의 수마다 구한 기울기는
            <code class="option">dX = dY · Wᵀ</code>입니다. 그런데 픽셀 하나는 자신을 덮는 윈도우의
            수만큼 X에 여러 번 들어 있고, 그 하나하나가 손실에 영향을 줍니다. 그래서 col2im은 수를
            제 픽셀 자리로 되돌리면서, 윈도우가 겹치는 곳에서는 모두 더합니다. 아래에서는 1로만 채운
            행렬을 되돌려 몇 번 더해지는지 셉니다.`,
        }}
      </p>`,
    },
    {
      figure: defineFigure(backFigure),
      caption: {
        en: 'Press a pixel to see the windows that have it. Set the window to 3, then the stride to 3, and to 4: then pixels are missing.',
        ko: '픽셀을 누르면 그 픽셀이 든 윈도우를 보여 줍니다. 윈도우를 3으로 하고 스트라이드를 3, 4로 늘려 보십시오. 4에서는 빠지는 픽셀이 생깁니다.',
      },
    },
  ],
  notice: [
    {
      en: 'Rows and filter columns must have the same order: channel, window row, window column. Otherwise a number would meet the wrong weight. Pooling can use im2col, too: each window of each channel becomes a row of its own, and the largest number of each row remains.',
      ko: '행렬의 행과 필터의 열은 채널, 윈도우의 행, 윈도우의 열이라는 같은 순서로 펴야 합니다. 그러지 않으면 수가 엉뚱한 가중치와 만납니다. 풀링에도 im2col을 쓸 수 있습니다. 채널마다 윈도우를 따로 한 행으로 펴고, 행마다 최댓값만 남기면 됩니다.',
    },
    {
      en: `More images add rows only, ${one[0]} each; the filters stay a matrix of ${one[1]} rows. So a whole batch is one product. Its result has an image’s places one below the other: (N · OH · OW, filters). Cut into (N, OH, OW, filters) and with filters moved forward, it is (N, filters, OH, OW).`,
      ko: `이미지가 늘면 한 장에 행만 ${one[0]}개씩 늘고, 필터 행렬은 ${one[1]}행 그대로입니다. 그래서 배치 전체도 행렬 곱 한 번입니다. 결과는 (N · OH · OW, 필터 수)이므로, (N, OH, OW, 필터 수)로 나눈 다음 필터 축을 앞으로 옮기면 (N, 필터 수, OH, OW)가 됩니다.`,
    },
    {
      en: `The price is memory: the matrix of (1, 3, 7, 7) has ${formatCount(held)} numbers, the image ${given}: ${formatNumber(held / given)} times as many. Neighbouring rows are nearly the same numbers, shifted.`,
      ko: `대가는 메모리입니다. (1, 3, 7, 7)의 행렬에는 수가 ${formatCount(held)}개로, 이미지의 ${given}개보다 ${formatNumber(held / given)}배 많습니다. 이웃한 행끼리는 거의 같은 수가 자리만 옮겨 들어 있습니다.`,
    },
    {
      en: `With 5×5 on 7×7, the middle pixel is added ${middle} times, a corner ${corner === 1 ? 'once' : corner}. Only where each is added once (for example stride = window, with no row or column left over) does col2im undo im2col. A stride above the window leaves pixels that no window has.`,
      ko: `7×7에 5×5이면 가운데 픽셀은 ${middle}번, 모서리는 ${corner}번 더해집니다. 모든 픽셀이 꼭 한 번씩 더해질 때(예를 들어 스트라이드 = 윈도우이고 남는 행과 열이 없을 때)에만 col2im이 im2col을 원래대로 되돌립니다. 스트라이드가 윈도우보다 크면 어느 윈도우에도 들지 않는 픽셀이 생깁니다.`,
    },
    {
      en: 'Why do it at all? A product of large matrices is what processors and their libraries compute fastest: long rows, read in order. The kernels of this book avoid the price: they read the windows where they lie and never make the matrix.',
      ko: '그래도 쓰는 까닭은 큰 행렬의 곱이 프로세서와 라이브러리가 긴 행을 차례로 읽으며 가장 빠르게 하는 계산이기 때문입니다. 이 책의 커널은 윈도우를 제자리에서 읽고 행렬을 만들지 않으므로 이 대가를 치르지 않습니다.',
    },
  ],
  checks: [
    {
      question: {
        en: 'im2col takes (10, 3, 7, 7) and a 5×5 window, stride 1, no padding. How many rows has the matrix?',
        ko: '(10, 3, 7, 7)에 5×5 윈도우, 스트라이드 1, 패딩 없이 im2col을 적용합니다. 행렬은 몇 행입니까?',
      },
      answer: many[0],
      why: {
        en: `(7 − 5) / 1 + 1 = 3 places along a side: 10 × 3 × 3. The matrix is (${many.join(', ')}).`,
        ko: `한 변에 (7 − 5) / 1 + 1 = 3곳이므로 10 × 3 × 3입니다. 행렬은 (${many.join(', ')})입니다.`,
      },
    },
    {
      question: {
        en: 'SimpleConvNet has 30 filters of 5×5 on one channel. How many numbers has the matrix of its filters?',
        ko: 'SimpleConvNet에는 채널 하나를 보는 5×5 필터가 30개 있습니다. 필터 행렬의 수는 모두 몇 개입니까?',
      },
      answer: filterNumbers,
      why: {
        en: `1 × 5 × 5 = ${mnist[1]} rows and 30 columns: as many as the layer has weights. For one 28×28 image the other matrix is (${mnist.join(', ')}).`,
        ko: `1 × 5 × 5 = ${mnist[1]}행 30열이므로 층의 가중치 수와 같습니다. 28×28 이미지 한 장의 행렬은 (${mnist.join(', ')})입니다.`,
      },
    },
    {
      question: {
        en: 'A 3×3 window slides over a 7×7 image with stride 2, no padding. How many numbers does col2im add at the pixel in row 3, column 3?',
        ko: '3×3 윈도우를 7×7 이미지에 스트라이드 2, 패딩 없이 적용합니다. col2im은 3행 3열의 픽셀에 수를 몇 개 더합니까?',
      },
      answer: countsOf({ ...backFigure.start, kernel: 3, stride: 2 })[2][2],
      why: {
        en: 'Windows begin at rows 1, 3 and 5. Those from rows 1 and 3 have row 3, and the same holds for columns: 2 × 2.',
        ko: '윈도우는 1, 3, 5행에서 시작합니다. 1행과 3행에서 시작한 것이 3행을 담고, 열도 마찬가지이므로 2 × 2입니다.',
      },
    },
  ],
  example: 'im2col.example.ts',
  sources: [{ source: 'B', where: { en: '§7.4, im2col', ko: '7.4절 im2col로 데이터 전개하기' } }],
};
