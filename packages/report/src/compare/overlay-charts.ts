import type { Chart } from '../charts/chart.ts';
import { lineLayers, schema, type Line } from '../charts/lines.ts';
import { smoothingWindow } from '../charts/loss-chart.ts';
import { runningMean, sampleEvery, type Point } from '../charts/series.ts';
import { valueScale } from '../charts/value-scale.ts';
import { formatList, formatNumber, formatPercent } from '../format.ts';
import type { Run } from '../run/run.ts';
import type { ComparedRun } from './compared-run.ts';
import { toText } from '../text.ts';

const height = 280;

interface Overlay {
  id: string;
  title: string;
  /** What the vertical axis shows, for the alternative text. */
  what: string;
  xTitle: string;
  format: (value: number) => string;
  points: (run: Run) => Point[];
  dots: boolean;
}

const epochsOf = (value: (epoch: Run['epochs'][number]) => number) => (run: Run) =>
  run.epochs.map((event) => ({ x: event.epoch, y: value(event) }));

const overlays: readonly Overlay[] = [
  {
    ...{ id: 'compare-accuracy', title: 'Test accuracy after each epoch', what: 'test accuracy' },
    ...{ xTitle: 'epoch', format: formatPercent, dots: true },
    points: epochsOf(({ testAccuracy }) => testAccuracy),
  },
  {
    ...{ id: 'compare-time', title: 'Test accuracy over training time' },
    ...{ what: 'test accuracy', xTitle: 'seconds of training', format: formatPercent, dots: true },
    points: accuracyOverTime,
  },
  {
    ...{ id: 'compare-test-loss', title: 'Test loss after each epoch', what: 'test loss' },
    ...{ xTitle: 'epoch', format: formatNumber, dots: true },
    points: epochsOf(({ testLoss }) => testLoss),
  },
  {
    ...{ id: 'compare-train-loss', title: 'Training loss, mean of the last steps' },
    ...{ what: 'training loss', xTitle: 'epoch', format: formatNumber, dots: false },
    points: trainingLoss,
  },
];

function accuracyOverTime({ timing, epochs }: Run): Point[] {
  let seconds = 0;
  const ends = timing.flatMap((event) => {
    if (event.event !== 'epoch') return [];
    seconds += event.trainSeconds;
    return [[event.epoch, seconds] as const];
  });
  const times = new Map(ends);
  return epochs.flatMap(({ epoch, testAccuracy }) => {
    const x = times.get(epoch);
    return x === undefined ? [] : [{ x, y: testAccuracy }];
  });
}

function trainingLoss(run: Run): Point[] {
  const perEpoch = run.stepsPerEpoch ?? 1;
  const raw = run.steps.map(({ step, loss }) => ({ x: step / perEpoch, y: loss }));
  return sampleEvery(runningMean(raw, smoothingWindow(run)), 250);
}

/** The curves of all runs over each other; what no run has is left out. */
export function overlayCharts(compared: readonly ComparedRun[]): Chart[] {
  return overlays.flatMap((overlay) => {
    const lines = compared
      .map(({ letter, run, color, dash }): Line => {
        const points = overlay.points(run);
        return { name: letter, color, dash, points, dots: overlay.dots };
      })
      .filter(({ points }) => points.length > 0);
    return lines.length === 0 ? [] : [overlayChart(overlay, lines)];
  });
}

function overlayChart({ id, title, what, xTitle, format }: Overlay, lines: readonly Line[]): Chart {
  const all = lines.flatMap(({ points }) => points);
  const end = all.reduce((most, { x }) => Math.max(most, x), 0);
  const isAccuracy = format === formatPercent;
  const scale = valueScale(all, isAccuracy ? 'linear' : undefined);
  const x = {
    ...{ field: 'x', type: 'quantitative', title: xTitle },
    scale: { domain: [0, end === 0 ? 1 : end], nice: false },
    axis: { tickCount: 8, format: '~g', ...(xTitle === 'epoch' ? { tickMinStep: 1 } : {}) },
  };
  const axis = isAccuracy ? { format: '.2~%', tickCount: 5 } : scale.channel.axis;
  const encoding = { x, y: { ...scale.channel, axis } };
  const ends = lines.map(
    ({ name, points }) => `${toText(name).en} ends at ${format(points[points.length - 1].y)}`,
  );
  return {
    ...{ id, height },
    title: scale.logarithmic ? `${title}, on a logarithmic scale` : title,
    alt: `Line chart of the ${what} of ${lines.length} runs by ${xTitle}: ${formatList(ends)}.`,
    spec: {
      $schema: schema,
      layer: lineLayers(lines, encoding, height, scale.place),
    },
  };
}
