import { highest, lowest } from '@convbook/core';
import { formatPercent, type Text } from '@convbook/page';
import {
  lineLayers,
  palette,
  ringAround,
  runningMean,
  schema,
  smoothedCurve,
  smoothingWindow,
  type Chart,
  type Line,
  type Point,
} from '@convbook/page/charts';
import type { EpochEvent, Run } from '@convbook/run';
import { epochLine } from './epoch-line.ts';
import { meanPoints } from './step-curves.ts';
import { timeAxis } from './time-axis.ts';

const height = 260;

const batchesName = { en: 'training batches', ko: '훈련 배치' };
const testName = { en: 'test', ko: '시험' };

/** Accuracy on training, test and held-out images after each epoch and on the batches, a ring around the best on test; null before the end of the first. */
export function accuracyChart(run: Run): Chart | null {
  const { epochs } = run;
  if (epochs.length === 0) return null;
  const time = timeAxis(run);
  const line = (value: (event: EpochEvent) => number | undefined) =>
    epochLine(
      epochs.flatMap((event) => {
        const y = value(event);
        return y === undefined ? [] : [{ x: time.ofEpoch(event.epoch), y }];
      }),
    );
  const lines: Line[] = [
    {
      name: { en: 'train', ko: '훈련' },
      color: palette.orange.light,
      ...line((e) => e.trainAccuracy),
    },
    {
      name: testName,
      color: palette.blue.light,
      ...line((e) => e.testAccuracy),
    },
    {
      name: { en: 'held out', ko: '검증' },
      color: palette.green.light,
      ...line((e) => e.validationAccuracy),
    },
  ].filter((line) => line.points.length > 0);
  const steps = meanPoints(run, time, ({ correct, samples }) => correct / samples);
  const settled = runningMean(steps, smoothingWindow(run) / run.stepsPerPoint).slice(
    Math.ceil(steps.length / 10),
  );
  const [low, high] = accuracyRange([...lines.flatMap((line) => line.points), ...settled]);
  const y = {
    field: 'y',
    type: 'quantitative',
    title: null,
    scale: { domain: [low, high], nice: false },
    axis: { format: '.2~%', tickCount: 5 },
  };
  const encoding = { x: time.channel, y };
  const best = bestEpoch(epochs);
  const mark = ringAround(
    { x: time.ofEpoch(best.epoch), y: best.testAccuracy },
    encoding,
    testName,
  );
  const thinLine = { type: 'line', color: palette.orange.light, strokeWidth: 1, opacity: 0.6 };
  const look = { curve: batchesName, mark: { ...thinLine, clip: true }, encoding };
  const batches = smoothedCurve(run, steps, look);
  const layer = [
    ...(steps.length > 0
      ? [{ name: batches.name, data: { values: batches.points }, ...look }]
      : []),
    ...lineLayers(lines, encoding, height, (value) => (value - low) / (high - low)),
    mark,
  ];
  return {
    id: 'training-accuracy',
    title: { en: 'Accuracy', ko: '정확도' },
    alt: describe(epochs),
    height,
    spec: { $schema: schema, layer },
    hiddenLayers: batches.hiddenLayers,
    readout: { place: time.place, format: 'percent' },
    steps,
  };
}

/** The epoch with the highest test accuracy, the first of equals. */
export function bestEpoch(epochs: readonly EpochEvent[]): EpochEvent {
  return epochs.reduce((a, b) => (b.testAccuracy > a.testAccuracy ? b : a));
}

function accuracyRange(points: readonly Point[]): [number, number] {
  const values = points.map(({ y }) => y);
  const [low, high] = [lowest(values), highest(values)];
  const margin = Math.max(0.002, (high - low) * 0.08);
  return [Math.max(0, low - margin), Math.min(1, high + margin)];
}

function describe(epochs: readonly EpochEvent[]): Text {
  const [first, last, best] = [epochs[0], epochs[epochs.length - 1], bestEpoch(epochs)];
  const train = formatPercent(last.trainAccuracy);
  const after = ({ testAccuracy, epoch }: EpochEvent): Text => ({
    en: `${formatPercent(testAccuracy)} after epoch ${epoch}`,
    ko: `${epoch}에폭 ${formatPercent(testAccuracy)}`,
  });
  const [start, end, most] = [first, last, best].map(after);
  const course =
    first === last
      ? end
      : {
          en: `${start.en}, ${end.en}, at most ${most.en}`,
          ko: `${start.ko}, ${end.ko}, 최고 ${most.ko}`,
        };
  return {
    en: `Line chart of accuracy: on the test set ${course.en}; on training images ${train} in the last epoch.`,
    ko: `정확도의 꺾은선 차트: 시험 집합에서 ${course.ko}; 훈련 이미지에서 마지막 에폭에 ${train}.`,
  };
}
