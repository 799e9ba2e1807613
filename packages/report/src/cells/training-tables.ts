import { formatCount, formatNumber, formatPercent } from '../format.ts';
import type { Html } from '../html.ts';
import type { EpochEvent, Run, StepEvent } from '../run/run.ts';
import { renderTable, type Column } from '../table.ts';

/** Most rows of the table of steps; longer runs are summed up in groups of steps. */
const mostRows = 60;

/** Losses and accuracies after each epoch. */
export function epochTable({ epochs }: Run): Html {
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
  return renderTable<EpochEvent>({
    caption: { en: 'After each epoch', ko: '에폭이 끝난 뒤' },
    columns: [
      { head: { en: 'Epoch', ko: '에폭' }, heading: true, value: ({ epoch }) => epoch },
      { head: { en: 'Step', ko: '스텝' }, numeric: true, value: ({ step }) => formatCount(step) },
      {
        head: { en: 'Train loss', ko: '훈련 손실' },
        numeric: true,
        value: ({ trainLoss }) => formatNumber(trainLoss),
      },
      {
        head: { en: 'Train accuracy', ko: '훈련 정확도' },
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
    rows: epochs,
  });
}

/** Losses of the steps, in groups of neighbours. */
export function stepTable({ steps }: Run): Html {
  const size = Math.max(1, Math.ceil(steps.length / mostRows));
  const groups = Array.from({ length: Math.ceil(steps.length / size) }, (_, k) =>
    steps.slice(k * size, (k + 1) * size),
  );
  return renderTable<StepEvent[]>({
    caption:
      size === 1
        ? { en: 'Each step', ko: '각 스텝' }
        : { en: `Each ${formatCount(size)} steps`, ko: `${formatCount(size)}스텝마다` },
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
        value: (group) => formatNumber(Math.min(...losses(group))),
      },
      {
        head: { en: 'Highest', ko: '최대' },
        numeric: true,
        value: (group) => formatNumber(Math.max(...losses(group))),
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

function losses(group: readonly StepEvent[]): number[] {
  return group.map(({ loss }) => loss);
}

function mean(group: readonly StepEvent[]): number {
  return losses(group).reduce((sum, loss) => sum + loss, 0) / group.length;
}

function range(group: readonly StepEvent[]): string {
  const [first, last] = [group[0].step, group[group.length - 1].step];
  return first === last ? formatCount(first) : `${formatCount(first)}–${formatCount(last)}`;
}

function optional(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? '–' : format(value);
}
