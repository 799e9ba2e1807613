import { highest, log } from '@convbook/core';
import {
  formatNumber,
  html,
  inLanguages,
  renderTable,
  toText,
  type Text,
} from '@convbook/page/markup';
import { defineFigure, type Figure } from '../../figure/figure.ts';
import { plot } from '../../figure/plot.ts';
import { runners, type RunnerName } from './race.ts';
import { trainInSlices, type TrainingState } from './train-in-slices.ts';
import { digitsName, noCurves, rateOf, stepCount, wholeCurves, type Curve } from './training.ts';

/** Begins anew, with nothing trained. */
const again = (state: TrainingState): TrainingState => ({
  ...state,
  run: state.run + 1,
  curves: noCurves,
});

/** A small network trained by every optimizer at once. */
export const training: Figure<TrainingState> = {
  id: 'downhill-training',
  data: [digitsName],
  start: { power: 0, curves: null, run: 0 },
  controls: [
    {
      kind: 'range',
      label: { en: 'Learning rates ×', ko: '학습률 ×' },
      least: -2,
      step: 0.25,
      most: () => 2,
      get: ({ power }) => power,
      set: (state, power) => again({ ...state, power }),
      shown: (power) => formatNumber(10 ** power),
    },
    {
      kind: 'button',
      label: { en: 'Train', ko: '학습하기' },
      act: again,
    },
  ],
  view({ power, curves }, compute) {
    const shown = curves ?? wholeCurves(compute, 10 ** power);
    const found = finding(shown);
    const rows = runners.map((runner, k) => ({ ...runner, curve: shown[k] }));
    return html`<div class="lesson-row">
        ${plot({
          lines: rows.map(({ title, color, dashed, curve }) => ({
            name: title,
            color,
            dashed,
            points: curve.losses.map((loss, k) => [k + 1, Math.min(mostLoss, loss)] as const),
          })),
          x: { label: { en: 'step', ko: '스텝' }, domain: [1, stepCount] },
          y: {
            label: { en: 'Loss of a batch', ko: '배치의 손실' },
            domain: [0.01, mostLoss],
            isLog: true,
          },
          alt: found,
          width: 480,
          height: 270,
        })}
        <div class="downhill-results">
          ${renderTable({
            caption: { en: 'The small network, by optimizer', ko: '옵티마이저별 작은 신경망' },
            columns: [
              {
                head: { en: 'Optimizer', ko: '옵티마이저' },
                value: ({ title }) => title,
                heading: true,
              },
              {
                head: { en: 'Rate', ko: '학습률' },
                value: ({ name }) => formatNumber(rateOf(name, 10 ** power)),
                numeric: true,
              },
              {
                head: { en: 'Loss', ko: '손실' },
                value: ({ curve }) => endText(curve),
                numeric: true,
              },
            ],
            rows,
          })}
        </div>
      </div>
      <p class="lesson-sum downhill-sum" data-say>${found}</p>`;
  },
  attach: trainInSlices,
};

export const trainingFigure = defineFigure(training);

/** Losses above are drawn here. */
const mostLoss = 100;

function endText({ losses, divergedAt }: Curve): Text | string {
  if (divergedAt !== null) {
    return { en: `diverged at step ${divergedAt}`, ko: `${divergedAt}스텝에서 발산` };
  }
  const mean = recent(losses);
  return mean === null ? '–' : formatNumber(mean);
}

/** Steps over which the last loss is averaged: an epoch. */
const window = 4;

function recent(losses: readonly number[]): number | null {
  const last = losses.slice(-window);
  return last.length === 0 ? null : last.reduce((sum, loss) => sum + loss, 0) / last.length;
}

/** Who is lowest, and who has learned nothing. */
function finding(curves: readonly Curve[]): Text {
  const standing = curves.flatMap(({ name, losses, divergedAt }) => {
    const loss = recent(losses);
    return loss === null || divergedAt !== null ? [] : [{ title: titleOf(name), loss }];
  });
  if (standing.length === 0) {
    return { en: 'Nothing is trained yet.', ko: '아직 학습하지 않았습니다.' };
  }
  const [best] = standing.toSorted((a, b) => a.loss - b.loss);
  const lost = [
    ...standing.filter(({ loss }) => !(loss < chance)).map(({ title }) => title),
    ...curves.filter(({ divergedAt }) => divergedAt !== null).map(({ name }) => titleOf(name)),
  ];
  const steps = highest(curves.map(({ losses }) => losses.length));
  const least = formatNumber(best.loss);
  return inLanguages((language) => {
    const losers = lost.map((title) => title[language]).join(', ');
    const words = sentences(steps, best.title[language], least, losers)[language];
    return lost.length === 0 ? words.best : `${words.best} ${words.lost}`;
  });
}

const sentences = (steps: number, name: string, least: string, losers: string) => ({
  en: {
    best: `After ${steps} steps ${name} has the lowest loss, ${least}.`,
    lost: `No better than guessing: ${losers}.`,
  },
  ko: {
    best: `${steps}스텝 뒤 손실이 가장 작은 것은 ${name}(${least})입니다.`,
    lost: `무작위로 찍는 것보다 나을 것이 없는 것: ${losers}.`,
  },
});

/** Guessing among ten classes has the loss ln 10. */
const chance = log(10);

const titleOf = (name: RunnerName): Text =>
  toText(runners.find((runner) => runner.name === name)?.title ?? name);
