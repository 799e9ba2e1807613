import {
  formatCount,
  formatPlural,
  formatProbability,
  html,
  quote,
  sourceFold,
  type Html,
  type HtmlValue,
  type Text,
} from '@convbook/page';
import type { Run, Samples } from '@convbook/run';
import { worstMistakes, type Mistake } from '../analysis/evaluation.ts';
import type { Cell } from './cell.ts';
import { imageBrowser } from './image-browser.ts';
import { labelled, sampleAlt, sampleCard, says } from './sample-card.ts';
import { shownOf } from './shown-of.ts';
import { suspects } from './suspects.ts';

/** Most mistakes shown without a script. */
const mostShown = 14;

/** The test images that the model classified wrongly, and a way to every other. */
export const mistakesCell: Cell = {
  id: 'mistakes',
  title: { en: 'Mistakes', ko: '틀린 예측' },
  render(run) {
    const { evaluation, samples, record } = run;
    if (evaluation === null || samples === null) return null;
    const mistakes = worstMistakes(evaluation);
    const shown = mistakes
      .filter(({ index }) => samples.images.has(index))
      .slice(0, shownOf(mostShown, samples));
    return html`<p>${mistakes.length === 0 ? noMistakes(evaluation.samples) : whatTheyAre}</p>
      ${shown.length > 0 && worst(shown, mistakes.length, samples, record.data.classNames)}
      ${imageBrowser(evaluation.samples, mistakes.length === 0 ? 'all' : 'wrong')} ${suspects(run)}
      ${sourceFold(code(run))}`;
  },
};

const whatTheyAre: Text = {
  en: 'The model gives each class a probability (softmax) and predicts the most probable one. Judge the images it got wrong yourself. If you hesitate too, the image is hard or its label doubtful. If you do not, the model has missed something: look for what such images have in common, and train on more of them or vary the images that you have. Where it gave a wrong answer more than 99%, do not use its probabilities to decide which answers to trust.',
  ko: '모델은 각 클래스에 확률을 매기고(소프트맥스) 확률이 가장 높은 클래스로 예측합니다. 틀린 이미지를 직접 판단해 보십시오. 여러분도 망설여진다면 이미지가 어렵거나 레이블이 의심스러운 것입니다. 망설여지지 않는다면 모델이 무언가를 놓친 것이니, 그런 이미지들의 공통점을 찾아 비슷한 이미지를 더 모으거나 데이터를 증강해 학습해 보십시오. 틀린 예측에 99%가 넘는 확률을 주었다면, 확률만 보고 믿을 예측을 가려서는 안 됩니다.',
};

function noMistakes(samples: number): Text {
  return {
    en: `The model classifies ${samples === 1 ? 'the only test image' : `all ${formatCount(samples)} test images`} correctly.`,
    ko: `모델이 시험 이미지 ${formatCount(samples)}장을 모두 바르게 분류합니다.`,
  };
}

/** The worst, which stand here until the script shows all. */
function worst(
  shown: readonly Mistake[],
  count: number,
  samples: Samples,
  names: readonly string[],
): Html {
  return html`<figure class="wide" data-worst>
    <div class="mistakes" data-image-list>
      ${shown.map((mistake) => card(mistake, samples, names))}
    </div>
    <figcaption>${caption(shown.length, count)}</figcaption>
  </figure>`;
}

function caption(shown: number, count: number): Text<HtmlValue> {
  const amount =
    shown === count
      ? {
          en: count === 1 ? 'The only mistake' : `All ${formatPlural(count, 'mistake')}`,
          ko: `틀린 이미지 ${formatCount(count)}장 전부`,
        }
      : {
          en: `The ${shown} worst of ${formatPlural(count, 'mistake')}`,
          ko: `틀린 이미지 ${formatCount(count)}장 중 ${shown}장`,
        };
  return {
    en: `${amount.en}, those with the least probable label first. Under each image is the prediction with its probability, then the label with the probability that the model gave it. The number is the image’s position in the test set.`,
    ko: `${amount.ko}, 모델이 정답에 준 확률이 낮은 순서입니다. 이미지 아래에는 예측과 그 확률, 정답과 모델이 정답에 준 확률을 적었습니다. 번호는 시험 집합에서 이미지의 위치입니다.`,
  };
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
  return `import { predictions, readRun, samplePicture, toPngUrl, worstMistakes } from '@convbook/report';

const { evaluation, samples } = readRun(${quote(`reports/${name}`)});
if (evaluation && samples) {
  for (const mistake of worstMistakes(evaluation)) {
    const image = samples.images.get(mistake.index);
    if (image) console.log(mistake, toPngUrl(samplePicture(image, samples.shape)));
  }
  // A table of every test image.
  const lines = predictions(evaluation).map((prediction, index) =>
    [index, evaluation.labels[index], prediction].join(),
  );
  console.log(['index,label,prediction', ...lines].join('\\n'));
}`;
}
