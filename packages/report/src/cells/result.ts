import { typedCommand } from '@convbook/core/checks';
import {
  commandLine,
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
  formatPlural,
  html,
  quote,
  sourceFold,
  type Html,
  type Text,
} from '@convbook/page';
import {
  isRepeatable,
  pathWord,
  shellWord,
  withoutPaths,
  type Run,
  type RunRecord,
  type RunResult,
} from '@convbook/run';
import { wilsonInterval } from '../analysis/wilson.ts';
import type { Cell } from './cell.ts';

/** How well the model does, at what cost, and the command that repeats the run. */
export const resultCell: Cell = {
  id: 'result',
  title: { en: 'Result', ko: '결과' },
  render(run) {
    const { command, status, data } = withoutPaths(run.record);
    const isVerifiable = status === 'complete' && data.source?.kind !== 'object';
    return html`${unfinishedNote(run)}${keyFigures(run)} ${accuracyProse(run)}
      <p>${repetition(status, isRepeatable(command))}</p>
      ${commandLine(command)} ${isVerifiable && verification(run)}
      ${run.evaluation !== null && sourceFold(code(run))}`;
  },
};

/** The sentence before the command. */
function repetition(status: RunRecord['status'], repeats: boolean): Text {
  if (!repeats) {
    return {
      en: 'A program passed the model or the data to this run. With them in the place of <…>, this command gives the same model, byte for byte, on any number of workers:',
      ko: '프로그램이 이 실행에 모델이나 데이터를 직접 넘겼습니다. 그것을 <…> 자리에 넣어 이 명령을 실행하면 워커 수와 관계없이 바이트까지 똑같은 모델이 나옵니다.',
    };
  }
  if (status !== 'complete') {
    return { en: 'The command that began this run:', ko: '이 실행을 시작한 명령입니다.' };
  }
  return {
    en: 'The same command gives the same model, byte for byte, on any number of workers:',
    ko: '이 명령을 다시 실행하면 워커 수와 관계없이 바이트까지 똑같은 모델이 나옵니다.',
  };
}

function verification({ name }: Run): Html {
  return html`<p>
      ${{
        en: html`This trains again from <code>run.json</code> alone and compares the SHA-256 of the
          two models:`,
        ko: html`다음 명령은 <code>run.json</code>만으로 다시 학습하여 두 모델의 SHA-256을
          비교합니다.`,
      }}
    </p>
    ${commandLine(`${typedCommand('verify')} ${shellWord(pathWord(name))}`)}`;
}

function keyFigures({ record, epochs }: Run): Html {
  const { result, model, configuration } = record;
  const last = epochs.at(-1);
  const loss = result?.testLoss ?? last?.testLoss;
  const figures: [Text, Text | string | undefined][] = [
    [{ en: 'Test loss', ko: '시험 손실' }, loss === undefined ? undefined : formatNumber(loss)],
    [{ en: 'Time', ko: '시간' }, result && formatDuration(result.elapsedSeconds)],
    [
      { en: 'Images a second', ko: '초당 이미지' },
      result && formatCount(Math.round(result.imagesPerSecond)),
    ],
    [{ en: 'Parameters', ko: '매개변수' }, formatCount(model.parameters)],
    [{ en: 'Epochs', ko: '에폭' }, formatCount(result?.epochs ?? last?.epoch ?? 0)],
    [{ en: 'Seed', ko: '시드' }, String(configuration.seed)],
  ];
  return html`<dl class="key-figures">
    ${accuracyFigure(record, last)} ${scoreFigures(record.result)}
    ${figures.map(
      ([name, value]) =>
        value !== undefined &&
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
    ${
      result &&
      html`<div class="hash">
        <dt>${{ en: 'SHA-256 of the model', ko: '모델의 SHA-256' }}</dt>
        <dd><code>${result.modelSha256}</code></dd>
      </div>`
    }
  </dl>`;
}

function accuracyFigure({ result }: Run['record'], last: Run['epochs'][number] | undefined) {
  const accuracy = result?.testAccuracy ?? last?.testAccuracy;
  if (accuracy === undefined) return null;
  const samples = result?.testSamples ?? last?.testSamples ?? 0;
  const correct = result?.testCorrect ?? Math.round(accuracy * samples);
  const { low, high } = wilsonInterval(correct, samples);
  return html`<div class="main-figure">
    <dt>${{ en: 'Test accuracy', ko: '시험 정확도' }}</dt>
    <dd>
      ${formatPercent(accuracy)}
      <small
        >${{
          en: `95% interval ${formatPercent(low)} to ${formatPercent(high)}`,
          ko: `95% 구간 ${formatPercent(low)}–${formatPercent(high)}`,
        }}</small
      >
    </dd>
  </div>`;
}

/** What the accuracy does not tell. */
function scoreFigures(result: RunResult | undefined): Html[] {
  const scores: [Text, number | undefined][] = [
    [{ en: 'Balanced accuracy', ko: '균형 정확도' }, result?.balancedAccuracy],
    [{ en: 'Macro F1', ko: '매크로 F1' }, result?.macroF1],
    [{ en: 'Top-5 accuracy', ko: '상위 5개 정확도' }, result?.top5Accuracy],
  ];
  return scores.flatMap(([name, score]) =>
    score === undefined
      ? []
      : [
          html`<div>
            <dt>${name}</dt>
            <dd>${formatPercent(score)}</dd>
          </div>`,
        ],
  );
}

/** What these figures mean. */
function scoreProse({ balancedAccuracy, top5Accuracy }: RunResult): Html {
  return html`${
    balancedAccuracy !== undefined && {
      en: ' The classes are unequal: balanced accuracy is the mean of the recall of each class, and macro F1 the mean of their F1, so that rare classes count as much as frequent ones. Where they are well below the accuracy, the model neglects rare classes.',
      ko: ' 클래스의 크기가 서로 다릅니다. 균형 정확도는 클래스별 재현율의 평균이고 매크로 F1은 클래스별 F1의 평균이므로, 드문 클래스도 흔한 클래스와 똑같이 반영됩니다. 이 값들이 정확도보다 훨씬 낮으면 모델이 드문 클래스를 소홀히 하는 것입니다.',
    }
  }${
    top5Accuracy !== undefined && {
      en: ' Top-5 accuracy is the share of images whose class is among the five with the largest logits.',
      ko: ' 상위 5개 정확도는 정답이 로짓이 가장 큰 다섯 클래스 안에 드는 이미지의 비율입니다.',
    }
  }`;
}

function accuracyProse({ record }: Run): Html | null {
  const { result, data } = record;
  if (result === undefined) return null;
  const chance = formatPercent(1 / data.classNames.length, data.classNames.length > 20 ? 1 : 0);
  const [all, right] = [result.testSamples, result.testCorrect].map(formatCount);
  const wrong = formatCount(result.testSamples - result.testCorrect);
  const classes = formatCount(data.classNames.length);
  return html`<p>
    ${{
      en: `Of ${all} test images, none of which were used for training, it classifies ${right} correctly and ${wrong} incorrectly. Guessing one of ${classes} equally frequent classes would be right ${chance} of the time; an accuracy near that would mean that nothing was learned. The interval shows how precisely ${formatPlural(result.testSamples, 'image')} can measure the accuracy (Wilson’s method). It does not cover the variation between seeds.`,
      ko: `학습에 쓰지 않은 시험 이미지 ${all}장 가운데 ${right}장을 바르게, ${wrong}장을 틀리게 분류합니다. 똑같이 자주 나오는 클래스 ${classes}개 중 하나를 아무렇게나 고르면 ${chance}가 맞으므로, 결과가 그 근처라면 아무것도 배우지 못한 것입니다. 구간은 이미지 ${all}장으로 정확도를 얼마나 정밀하게 잴 수 있는지를 나타냅니다(윌슨 방법). 시드에 따른 차이는 이 구간에 들어 있지 않습니다.`,
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
