import {
  formatCount,
  formatPlural,
  html,
  quote,
  sourceFold,
  type Html,
  type Text,
} from '@convbook/page';
import type { Run, RunResult } from '@convbook/run';
import { filterAnswers } from '../explain/filter-answers.ts';
import type { Cell } from './cell.ts';
import { baselineText } from './guessing-text.ts';
import { accuracyFigure, keyFigures } from './key-figures.ts';
import { verdictPart } from './verdict.ts';

/** How well the model does, what to think of it, and what it cost. */
export const resultCell: Cell = {
  id: 'result',
  title: { en: 'Result', ko: '결과' },
  render(run, live, networks) {
    const answers = networks === null ? null : filterAnswers(run, networks.trained);
    return html`${unfinishedNote(run)}
      <div class="wide first-screen">
        ${accuracyFigure(run)} ${verdictPart(run, answers, live !== null)} ${keyFigures(run)}
      </div>
      ${accuracyProse(run)} ${run.evaluation !== null && sourceFold(code(run))}`;
  },
};

/** What these figures mean. */
function scoreProse({ balancedAccuracy, top5Accuracy }: RunResult): Html {
  return html`${
    balancedAccuracy !== undefined && {
      en: ' The classes are unequal: balanced accuracy is the mean of the recall of each class, and macro F1 the mean of their F1, so that rare classes count as much as frequent ones. If they are well below the accuracy, collect more images of the rare classes.',
      ko: ' 클래스의 크기가 서로 다릅니다. 균형 정확도는 클래스별 재현율의 평균이고 매크로 F1은 클래스별 F1의 평균이므로, 드문 클래스도 흔한 클래스와 똑같이 반영됩니다. 이 값들이 정확도보다 훨씬 낮으면 드문 클래스의 이미지를 더 모으십시오.',
    }
  }${
    top5Accuracy !== undefined && {
      en: ' Top-5 accuracy is the share of images whose class is among the five with the largest logits.',
      ko: ' 상위 5개 정확도는 정답이 로짓이 가장 큰 다섯 클래스 안에 드는 이미지의 비율입니다.',
    }
  }`;
}

function accuracyProse(run: Run): Html | null {
  const { result } = run.record;
  if (result === undefined) return null;
  const [all, right] = [result.testSamples, result.testCorrect].map(formatCount);
  const wrong = formatCount(result.testSamples - result.testCorrect);
  const baseline = baselineText(run);
  return html`<p class="caption">
    ${{
      en: `Of ${all} test images, none of which were used for training, it classifies ${right} correctly and ${wrong} incorrectly. ${baseline.en} The interval shows how precisely ${formatPlural(result.testSamples, 'image')} can measure the accuracy (Wilson’s method). It does not cover the variation between seeds: train with other seeds to see that.`,
      ko: `학습에 쓰지 않은 시험 이미지 ${all}장 가운데 ${right}장을 바르게, ${wrong}장을 틀리게 분류합니다. ${baseline.ko} 구간은 이미지 ${all}장으로 정확도를 얼마나 정밀하게 잴 수 있는지를 나타냅니다(윌슨 방법). 시드에 따른 차이는 들어 있지 않으므로, 다른 시드로도 학습해 보십시오.`,
    }}
    ${scoreProse(result)}
  </p>`;
}

/** How a run ended that is not complete. */
const endings: Readonly<Record<Exclude<Run['record']['status'], 'complete'>, Text>> = {
  running: {
    en: 'This run was still running when this page was made.',
    ko: '이 페이지를 만들 때 이 실행은 아직 진행 중이었습니다.',
  },
  interrupted: { en: 'This run was interrupted.', ko: '이 실행은 중단되었습니다.' },
  diverged: {
    en: 'This run diverged: its loss or gradients were no longer finite numbers.',
    ko: '이 실행은 손실이나 기울기가 유한한 수가 아니게 되어 발산했습니다.',
  },
  failed: { en: 'This run failed.', ko: '이 실행은 실패했습니다.' },
};

function unfinishedNote({ record, steps, stepsPerEpoch }: Run): Html | null {
  if (record.status === 'complete') return null;
  const state = endings[record.status];
  const last = steps.at(-1)?.step;
  const planned = formatCount((stepsPerEpoch ?? 0) * record.configuration.epochs);
  const place =
    last === undefined
      ? { en: 'It had not finished its first step.', ko: '첫 스텝을 끝내지 못했습니다.' }
      : {
          en: `It had finished step ${formatCount(last)} of ${planned}.`,
          ko: `전체 ${planned}스텝 중 ${formatCount(last)}스텝을 끝냈습니다.`,
        };
  return html`<p class="note">
    <strong>${{ en: 'Unfinished.', ko: '끝나지 않음.' }}</strong>
    ${state} ${place}
    ${{
      en: 'Below is what it had written by then.',
      ko: '아래는 그때까지 기록된 내용입니다.',
    }}
  </p>`;
}

function code({ name }: Run): string {
  return `import { predictions, readRun, wilsonInterval } from '@convbook/report';

const { evaluation } = readRun(${quote(`reports/${name}`)});
if (evaluation) {
  const { samples, labels } = evaluation;
  const correct = predictions(evaluation).filter((k, sample) => k === labels[sample]).length;
  console.log(correct / samples, wilsonInterval(correct, samples));
}`;
}
