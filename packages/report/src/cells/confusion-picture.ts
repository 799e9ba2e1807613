// The confusion matrix of many classes as a picture, a cell a pixel.
import { formatPlural, html, type Html } from '@convbook/page';
import { divergingPicture, pictureImage } from '@convbook/page/images';
import type { ConfusionCell } from '../analysis/confusion-cells.ts';

/** Of more classes a cell would be smaller than a pixel of the page. */
const mostClasses = 500;

/** The least colour of a confusion, so that a single one is seen. */
const least = 0.3;

/** Rows are labels, columns predictions; null of more than 500 classes. */
export function confusionPicture(cells: readonly ConfusionCell[], classes: number): Html | null {
  if (classes > mostClasses) return null;
  const total = cells.reduce((sum, { count }) => sum + count, 0);
  const picture = divergingPicture(sharesOf(cells, classes), classes, classes, 1);
  const name = {
    en: `Confusion matrix of ${classes} classes over ${formatPlural(total, 'test image')}, as a picture`,
    ko: `클래스 ${classes}개, 시험 이미지 ${total}장의 혼동 행렬을 그림으로 나타낸 것`,
  };
  return html`<figure>
    <p class="chart-title"><span>${name}</span></p>
    ${pictureImage(picture, name, 'overview')}
    <figcaption>
      ${{
        en: 'Each row is a label and each column a prediction, in the order of the classes from the top left. Blue on the diagonal: the share of a class that is classified correctly. Orange: confusions, the most frequent of all in full colour.',
        ko: '각 행은 정답, 각 열은 예측이며 왼쪽 위부터 클래스 순서입니다. 대각선의 파란색은 클래스 가운데 바르게 분류한 비율이고, 주황색은 혼동이며 가장 잦은 혼동이 가장 진합니다.',
      }}
    </figcaption>
  </figure>`;
}

/** `[label][prediction]`: from 0 to 1 on the diagonal, below 0 off it. */
function sharesOf(cells: readonly ConfusionCell[], classes: number): Float32Array {
  const support = new Float64Array(classes);
  for (const { label, count } of cells) support[label] += count;
  const worst = cells.reduce(
    (most, { label, prediction, count }) => (label === prediction ? most : Math.max(most, count)),
    1,
  );
  const shares = new Float32Array(classes * classes);
  for (const { label, prediction, count } of cells) {
    shares[label * classes + prediction] =
      label === prediction ? count / support[label] : -(least + ((1 - least) * count) / worst);
  }
  return shares;
}
