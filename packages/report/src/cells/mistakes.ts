import { elementCount } from '@convbook/core';
import {
  detailFold,
  formatCount,
  formatPlural,
  formatProbability,
  html,
  quote,
  renderTable,
  sourceFold,
  type Html,
  type Text,
} from '@convbook/page';
import { pictureImage, samplePicture } from '@convbook/page/images';
import type { Run, Samples } from '@convbook/run';
import { worstMistakes, type Mistake } from '../analysis/evaluation.ts';
import { labelSuspects, type LabelSuspect } from '../analysis/label-suspects.ts';
import type { Cell } from './cell.ts';
import { labelled, sampleAlt, sampleCard, says } from './sample-card.ts';

/** Most mistakes shown. */
const mostShown = 14;

/** Most suspect labels shown. */
const mostSuspects = 12;

/** Bytes of the images of either: of large images fewer are shown. */
const mostBytes = 400_000;

function shownOf(most: number, { shape }: Samples): number {
  return Math.min(most, Math.max(1, Math.floor(mostBytes / elementCount(shape))));
}

/** The test images whose label the model found least probable. */
export const mistakesCell: Cell = {
  id: 'mistakes',
  title: { en: 'The worst mistakes', ko: '가장 큰 실수' },
  render(run) {
    const { evaluation, samples } = run;
    if (evaluation === null || samples === null) return null;
    const mistakes = worstMistakes(evaluation);
    const shown = mistakes
      .filter(({ index }) => samples.images.has(index))
      .slice(0, shownOf(mostShown, samples));
    if (shown.length === 0) return null;
    const amount =
      shown.length === mistakes.length
        ? {
            en: `all ${formatPlural(mistakes.length, 'mistake')}`,
            ko: `실수 ${formatCount(mistakes.length)}개 전부`,
          }
        : {
            en: `the ${shown.length} worst of ${formatCount(mistakes.length)} mistakes`,
            ko: `실수 ${formatCount(mistakes.length)}개 중 가장 큰 ${shown.length}개`,
          };
    return html`<p>
        ${{
          en: `The model gives each class a probability (softmax). Below are ${amount.en}: the test images to whose label it gave the lowest probability. Judge each one yourself. If you hesitate too, the image is hard or its label doubtful; if you do not, the model has missed something. If clean images are misclassified with a probability above 99%, do not rely on its probabilities.`,
          ko: `모델은 각 클래스에 확률을 매깁니다(소프트맥스). 아래는 ${amount.ko}, 곧 모델이 정답에 가장 낮은 확률을 준 시험 이미지입니다. 직접 판단해 보십시오. 여러분도 망설여진다면 이미지가 어렵거나 레이블이 의심스러운 것이고, 망설여지지 않는다면 모델이 무언가를 놓친 것입니다. 깨끗한 이미지를 99%가 넘는 확률로 틀린다면 확률을 그대로 믿지 마십시오.`,
        }}
      </p>
      <figure class="wide">
        <div class="mistakes">
          ${shown.map((mistake) => card(mistake, samples, run.record.data.classNames))}
        </div>
        <figcaption>
          ${{
            en: 'Under each image is the prediction with its probability, then the label with the probability that the model gave it. The number is the image’s position in the test set.',
            ko: '이미지 아래에는 예측과 그 확률, 정답과 모델이 정답에 준 확률을 적었습니다. 번호는 시험 집합에서 이미지의 위치입니다.',
          }}
        </figcaption>
      </figure>
      ${suspects(run)} ${sourceFold(code(run))}`;
  },
};

/** Labels that the model contradicts as surely as it usually confirms them. */
function suspects({ evaluation, samples, record }: Run): Html | null {
  if (evaluation === null || samples === null) return null;
  const found = labelSuspects(evaluation);
  if (found.length === 0) return null;
  const shown = found.slice(0, shownOf(mostSuspects, samples));
  const names = record.data.classNames;
  const table = renderTable<LabelSuspect>({
    caption: { en: 'Labels to look at again', ko: '다시 확인할 레이블' },
    columns: [
      {
        head: { en: 'Test image', ko: '시험 이미지' },
        heading: true,
        value: ({ index }) => `#${index}`,
      },
      { head: { en: 'Image', ko: '이미지' }, value: ({ index }) => thumbnail(index, samples) },
      { head: { en: 'Label', ko: '레이블' }, value: ({ label }) => names[label] },
      {
        head: given,
        numeric: true,
        value: (one) => formatProbability(one.labelProbability),
      },
      { head: { en: 'Looks like', ko: '닮은 클래스' }, value: ({ likely }) => names[likely] },
      {
        head: given,
        numeric: true,
        value: (one) => formatProbability(one.likelyProbability),
      },
    ],
    rows: shown,
  });
  const isCut = shown.length < found.length;
  return html`<p>
      ${{
        en: `A label is suspect where the model is as sure of another class as it is, on average, of that class’s own images (confident learning, Northcutt et al. 2021). This holds for ${formatPlural(found.length, 'test image')}.${isCut ? ` The table shows the ${shown.length} of which the model is most confident.` : ''} Most are mistakes of the model, a few of the data set: look before you blame either.`,
        ko: `모델이 다른 클래스를 그 클래스의 이미지들에 평균적으로 보이는 만큼 확신하면 레이블을 의심할 만합니다(컨피던트 러닝, Northcutt 외 2021). 그런 시험 이미지는 ${formatCount(found.length)}장입니다.${isCut ? ` 표는 그중 모델이 가장 확신하는 ${shown.length}장입니다.` : ''} 대부분은 모델의 실수이고 일부는 데이터의 오류이므로, 어느 쪽을 탓하기 전에 살펴보십시오.`,
      }}
    </p>
    ${detailFold({ en: 'The labels as a table', ko: '레이블을 표로 보기' }, table)}`;
}

const given: Text = { en: 'Probability', ko: '확률' };

function thumbnail(index: number, { images, shape }: Samples): Html | string {
  const bytes = images.get(index);
  if (bytes === undefined) return '–';
  return pictureImage(samplePicture(bytes, shape), '', 'small');
}

function card(mistake: Mistake, samples: Samples, names: readonly string[]): Html {
  const { index, label, prediction, predictionProbability, labelProbability } = mistake;
  const [said, given] = [predictionProbability, labelProbability].map(formatProbability);
  return sampleCard(samples, index, sampleAlt(index, names[label], names[prediction]), {
    said: html`${says(names[prediction])} ${said}`,
    isRight: false,
    label: html`${labelled(names[label])} ${given}`,
  });
}

function code({ name }: Run): string {
  return `import { readRun, samplePicture, toPngUrl, worstMistakes } from '@convbook/report';

const { evaluation, samples } = readRun(${quote(`reports/${name}`)});
if (evaluation && samples) {
  for (const mistake of worstMistakes(evaluation)) {
    const image = samples.images.get(mistake.index);
    if (image) console.log(mistake, toPngUrl(samplePicture(image, samples.shape)));
  }
}`;
}
