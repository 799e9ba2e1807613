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
      head: 'Held-out loss',
      numeric: true,
      value: (e) => optional(e.validationLoss, formatNumber),
    },
    {
      head: 'Held-out accuracy',
      numeric: true,
      value: (e) => optional(e.validationAccuracy, formatPercent),
    },
  ];
  return renderTable<EpochEvent>({
    caption: 'After each epoch',
    columns: [
      { head: 'Epoch', heading: true, value: ({ epoch }) => epoch },
      { head: 'Step', numeric: true, value: ({ step }) => formatCount(step) },
      { head: 'Train loss', numeric: true, value: ({ trainLoss }) => formatNumber(trainLoss) },
      { head: 'Train accuracy', numeric: true, value: (e) => formatPercent(e.trainAccuracy) },
      { head: 'Test loss', numeric: true, value: ({ testLoss }) => formatNumber(testLoss) },
      { head: 'Test accuracy', numeric: true, value: (e) => formatPercent(e.testAccuracy) },
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
    caption: size === 1 ? 'Each step' : `Each ${formatCount(size)} steps`,
    columns: [
      { head: 'Steps', heading: true, value: (group) => range(group) },
      { head: 'Mean loss', numeric: true, value: (group) => formatNumber(mean(group)) },
      { head: 'Lowest', numeric: true, value: (group) => formatNumber(Math.min(...losses(group))) },
      {
        head: 'Highest',
        numeric: true,
        value: (group) => formatNumber(Math.max(...losses(group))),
      },
      {
        head: 'Last learning rate',
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
