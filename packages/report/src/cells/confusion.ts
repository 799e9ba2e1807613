import { lowest } from '@convbook/core';
import {
  detailFold,
  formatList,
  formatPercent,
  html,
  quote,
  sourceFold,
  type Html,
  type Text,
} from '@convbook/page';
import type { Run } from '@convbook/run';
import {
  confusedPairs,
  confusionCells,
  scoresOfCells,
  type ConfusionCell,
} from '../analysis/confusion-cells.ts';
import { confusionCounts, type ClassScore } from '../analysis/evaluation.ts';
import type { Cell } from './cell.ts';
import { scoreTable } from './class-scores.ts';
import { confusionEpochs } from './confusion-epochs.ts';
import { called, confusionImages } from './confusion-images.ts';
import { confusionPicture } from './confusion-picture.ts';
import { fitsBeside, matrix, pairTable } from './confusion-tables.ts';
import { someNames } from './some-names.ts';

/**
 * A matrix of more classes than this is a picture and a list of its largest entries instead, most of these;
 * the worst of the classes are shown, others are folded.
 */
const most = { classes: 40, pairs: 50, scores: 20, folded: 100 };

/** Which classes are taken for which, and how well each is found. */
export const confusionCell: Cell = {
  id: 'confusion',
  title: { en: 'Confusion matrix', ko: '혼동 행렬' },
  render(run) {
    if (run.evaluation === null) return null;
    const names = run.record.data.classNames;
    const cells = confusionCells(run.evaluation);
    const pairs = confusedPairs(cells);
    const scores = scoresOfCells(cells, names.length);
    const isMatrix = names.length <= most.classes;
    const shown = isMatrix ? cells : pairs.slice(0, most.pairs);
    const images = confusionImages(run, shown);
    const isBeside = isMatrix && fitsBeside(names);
    return html`<p>
        ${{
          en: 'Each row holds the test images of one class and shows what the model predicted for them; correct predictions are on the diagonal. If two classes are taken for each other, give the model more images of both. If one column is full, the model predicts its class too often: the class may have far more training images than the others, or the training may have failed.',
          ko: '각 행은 한 클래스의 시험 이미지를 모델이 무엇으로 예측했는지 나타내며, 대각선이 맞은 예측입니다. 두 클래스를 서로 혼동하면 두 클래스의 이미지를 더 모으십시오. 한 열이 가득 차면 모델이 그 클래스로 너무 자주 예측하는 것입니다. 그 클래스의 훈련 이미지가 다른 클래스보다 훨씬 많거나, 학습이 실패했을 수 있습니다.',
        }}
        ${finding(pairs, names)} ${images && html`<span class="hint">${hint}</span>`}
      </p>
      ${isMatrix ? null : confusionPicture(cells, names.length)}
      <div class="wide confusion ${isBeside && 'beside'}">
        <figure>
          ${isMatrix ? matrix(confusionCounts(run.evaluation), names, images) : pairTable(shown, names, images)}
          ${images?.panels}
        </figure>
        <figure>
          ${scoreTables(scores, names, isBeside)}
          <figcaption>
            ${{
              en: 'Precision: the share of the images predicted as a class that belong to it. Recall: the share of the images of a class that are predicted as it. F1: the harmonic mean of the two.',
              ko: '정밀도: 그 클래스로 예측한 이미지 가운데 맞은 비율. 재현율: 그 클래스의 이미지 가운데 맞힌 비율. F1: 둘의 조화 평균.',
            }}
            ${weakest(scores, names)}
          </figcaption>
        </figure>
      </div>
      ${confusionEpochs(run)} ${sourceFold(code(run))}`;
  },
};

/** The scores of all classes, or of many the worst, with more of them folded. */
function scoreTables(
  scores: readonly ClassScore[],
  names: readonly string[],
  isBeside: boolean,
): Html {
  if (names.length <= most.classes) {
    return scoreTable(scores, names, most.classes, isBeside);
  }
  return html`${scoreTable(scores, names, most.scores)}
  ${detailFold(
    { en: 'More classes as a table', ko: '더 많은 클래스를 표로 보기' },
    scoreTable(scores, names, most.folded),
  )}`;
}

const hint: Text = {
  en: 'Choose a count to see its images.',
  ko: '수를 누르면 해당 이미지가 열립니다.',
};

function finding(pairs: readonly ConfusionCell[], names: readonly string[]): Text {
  if (pairs.length === 0) {
    return {
      en: 'Here every test image is classified correctly.',
      ko: '여기서는 모든 시험 이미지를 바르게 분류했습니다.',
    };
  }
  const largest = pairs
    .slice(0, 3)
    .map(({ label, prediction, count }) => ({ said: called(label, prediction, names), count }));
  return {
    en: `The most frequent confusions here: ${formatList(largest.map(({ said, count }) => `${said.en} (${count})`))}.`,
    ko: `여기서 가장 잦은 혼동: ${largest.map(({ said, count }) => `${said.ko} (${count}장)`).join(', ')}.`,
  };
}

function weakest(scores: readonly ClassScore[], names: readonly string[]): Text | null {
  const rated = scores.flatMap(({ f1 }, k) => (f1 === null ? [] : [{ f1, name: names[k] }]));
  if (rated.length === 0) return null;
  const least = lowest(rated.map(({ f1 }) => f1));
  const weak = rated.filter(({ f1 }) => f1 === least);
  const f1 = formatPercent(least, 1);
  if (rated.length > 1 && weak.length === rated.length) {
    return { en: `Every class has an F1 of ${f1}.`, ko: `모든 클래스의 F1이 ${f1}입니다.` };
  }
  const said = someNames(weak.map(({ name }) => name));
  return {
    en: `Lowest F1, ${f1}: ${said.en}.`,
    ko: `F1이 가장 낮은 클래스: ${said.ko}(${f1}).`,
  };
}

function code({ name }: Run): string {
  return `import { classScores, confusionCounts, readRun } from '@convbook/report';

const { evaluation } = readRun(${quote(`reports/${name}`)});
if (evaluation) {
  const counts = confusionCounts(evaluation); // [label][prediction]
  console.table(counts);
  console.table(classScores(counts));
}`;
}
