import { highest, lowest } from '@convbook/core';
import {
  formatCount,
  formatNumber,
  formatPercent,
  renderTable,
  thinOut,
  type Column,
  type Html,
  type Text,
} from '@convbook/page';
import type { EpochEvent, Run } from '@convbook/run';
import { firstOf, rangeOf, stepsIn, type StepPoint } from '@convbook/run/history';
import { bestEpoch } from '../charts/accuracy-chart.ts';

/** Most rows of a table; steps of longer runs are summed up in groups, of their epochs some are shown. */
const mostRows = 60;

/** Losses and accuracies after each epoch; of many the first, the last, the best and others between. */
export function epochTable({ epochs, epochCount }: Run): Html {
  const held: Column<EpochEvent>[] = [
    {
      head: { en: 'Held-out loss', ko: '검증 손실' },
      numeric: true,
      value: (e) => optional(e.validationLoss, formatNumber),
    },
    {
      head: { en: 'Held-out accuracy', ko: '검증 정확도' },
      numeric: true,
      value: (e) => optional(e.validationAccuracy, formatPercent),
    },
  ];
  const lowestLoss = epochs.reduce((a, b) => (b.testLoss < a.testLoss ? b : a), epochs[0]);
  const rows = thinOut(epochs, mostRows, [bestEpoch(epochs), lowestLoss]);
  return renderTable<EpochEvent>({
    caption: epochCaption(rows.length, epochCount),
    columns: [
      { head: { en: 'Epoch', ko: '에폭' }, heading: true, value: ({ epoch }) => epoch },
      { head: { en: 'Step', ko: '스텝' }, numeric: true, value: ({ step }) => formatCount(step) },
      {
        head: { en: 'Training loss', ko: '훈련 손실' },
        numeric: true,
        value: ({ trainLoss }) => formatNumber(trainLoss),
      },
      {
        head: { en: 'Training accuracy', ko: '훈련 정확도' },
        numeric: true,
        value: (e) => formatPercent(e.trainAccuracy),
      },
      {
        head: { en: 'Test loss', ko: '시험 손실' },
        numeric: true,
        value: ({ testLoss }) => formatNumber(testLoss),
      },
      {
        head: { en: 'Test accuracy', ko: '시험 정확도' },
        numeric: true,
        value: (e) => formatPercent(e.testAccuracy),
      },
      ...(epochs.some(({ validationLoss }) => validationLoss !== undefined) ? held : []),
    ],
    rows,
  });
}

function epochCaption(shown: number, all: number): Text {
  if (shown === all) return { en: 'After each epoch', ko: '에폭이 끝난 뒤' };
  const [some, whole, rest] = [shown, all, all - shown].map(formatCount);
  return {
    en: `After ${some} of ${whole} epochs: the first, the last, those with the highest test accuracy and the lowest test loss, and others evenly spaced; ${rest} are left out`,
    ko: `전체 ${whole}에폭 중 ${some}에폭이 끝난 뒤: 처음, 마지막, 시험 정확도가 가장 높은 에폭, 시험 손실이 가장 낮은 에폭, 그 사이의 고른 간격(${rest}에폭 생략)`,
  };
}

/** Losses of the steps, in groups of neighbours. */
export function stepTable({ steps, stepsPerPoint }: Run): Html {
  const points = Math.max(1, Math.ceil(steps.length / mostRows));
  const groups = Array.from({ length: Math.ceil(steps.length / points) }, (_, k) =>
    steps.slice(k * points, (k + 1) * points),
  );
  const size = points * stepsPerPoint;
  return renderTable<StepPoint[]>({
    caption:
      size === 1
        ? { en: 'Each step', ko: '각 스텝' }
        : { en: `Every ${formatCount(size)} steps`, ko: `${formatCount(size)}스텝마다` },
    columns: [
      { head: { en: 'Steps', ko: '스텝' }, heading: true, value: (group) => range(group) },
      {
        head: { en: 'Mean loss', ko: '평균 손실' },
        numeric: true,
        value: (group) => formatNumber(mean(group)),
      },
      {
        head: { en: 'Lowest', ko: '최소' },
        numeric: true,
        value: (group) => formatNumber(lossRange(group).low),
      },
      {
        head: { en: 'Highest', ko: '최대' },
        numeric: true,
        value: (group) => formatNumber(lossRange(group).high),
      },
      {
        head: { en: 'Last learning rate', ko: '마지막 학습률' },
        numeric: true,
        value: (group) => formatNumber(group[group.length - 1].learningRate),
      },
    ],
    rows: groups,
  });
}

/** The lowest and the highest loss of the steps that each point stands for. */
function lossRange(group: readonly StepPoint[]): { low: number; high: number } {
  const ranges = group.map((point) => rangeOf(point, 'loss'));
  return {
    low: lowest(ranges.map((range) => range.lowest.value)),
    high: highest(ranges.map((range) => range.highest.value)),
  };
}

function mean(group: readonly StepPoint[]): number {
  const steps = group.reduce((sum, point) => sum + stepsIn(point), 0);
  return group.reduce((sum, point) => sum + stepsIn(point) * point.loss, 0) / steps;
}

function range(group: readonly StepPoint[]): string {
  const [first, last] = [firstOf(group[0]).step, group[group.length - 1].step];
  return first === last ? formatCount(first) : `${formatCount(first)}–${formatCount(last)}`;
}

function optional(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? '–' : format(value);
}
