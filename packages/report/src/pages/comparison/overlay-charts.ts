import { formatList, formatNumber, formatPercent, toText, type Text } from '@convbook/page';
import {
  lineLayers,
  runningMean,
  sampleEvery,
  schema,
  smoothingWindow,
  valueScale,
  type Chart,
  type Line,
  type Point,
} from '@convbook/page/charts';
import type { Run } from '@convbook/run';
import { stepsIn } from '@convbook/run/history';
import { epochLine } from '../../charts/epoch-line.ts';
import type { ComparedRun } from './compared-run.ts';

const height = 280;

interface Overlay {
  id: string;
  title: Text;
  /** The quantity on the vertical axis, for the alternative text. */
  what: Text;
  xTitle: Text;
  place: Text;
  format: (value: number) => string;
  points: (run: Run) => Point[];
  dots: boolean;
}

const epochsOf = (value: (epoch: Run['epochs'][number]) => number) => (run: Run) =>
  run.epochs.map((event) => ({ x: event.epoch, y: value(event) }));

const accuracy: Text = { en: 'test accuracy', ko: '시험 정확도' };
const epoch: Text = { en: 'epoch', ko: '에폭' };
const epochPlace: Text = { en: 'epoch #', ko: '#에폭' };

const overlays: readonly Overlay[] = [
  {
    id: 'compare-accuracy',
    title: { en: 'Test accuracy after each epoch', ko: '에폭별 시험 정확도' },
    what: accuracy,
    xTitle: epoch,
    place: epochPlace,
    format: formatPercent,
    dots: true,
    points: epochsOf(({ testAccuracy }) => testAccuracy),
  },
  {
    id: 'compare-time',
    title: { en: 'Test accuracy over training time', ko: '학습 시간에 따른 시험 정확도' },
    xTitle: { en: 'seconds of training, without tests', ko: '학습 시간(초, 시험 제외)' },
    place: { en: '# s', ko: '#초' },
    what: accuracy,
    format: formatPercent,
    dots: true,
    points: accuracyOverTime,
  },
  {
    id: 'compare-test-loss',
    title: { en: 'Test loss after each epoch', ko: '에폭별 시험 손실' },
    what: { en: 'test loss', ko: '시험 손실' },
    xTitle: epoch,
    place: epochPlace,
    format: formatNumber,
    dots: true,
    points: epochsOf(({ testLoss }) => testLoss),
  },
  {
    id: 'compare-train-loss',
    title: {
      en: 'Training loss, mean of the last steps',
      ko: '훈련 손실, 최근 스텝들의 평균',
    },
    what: { en: 'training loss', ko: '훈련 손실' },
    xTitle: epoch,
    place: epochPlace,
    format: formatNumber,
    dots: false,
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
  const raw = run.steps.map((point) => ({
    x: point.step / perEpoch,
    y: point.loss,
    weight: stepsIn(point),
  }));
  return sampleEvery(runningMean(raw, smoothingWindow(run) / run.stepsPerPoint), 250);
}

/** The curves of all runs over each other; what no run has is left out. */
export function overlayCharts(compared: readonly ComparedRun[]): Chart[] {
  return overlays.flatMap((overlay) => {
    const lines = compared
      .map(({ letter, run, color, dash }): Line => {
        const points = overlay.points(run);
        const drawn = overlay.dots ? epochLine(points) : { points, dots: false };
        return { ...drawn, name: letter, color, dash };
      })
      .filter(({ points }) => points.length > 0);
    return lines.length === 0 ? [] : [overlayChart(overlay, lines)];
  });
}

function overlayChart(
  { id, title, what, xTitle, place, format }: Overlay,
  lines: readonly Line[],
): Chart {
  const all = lines.flatMap(({ points }) => points);
  const end = all.reduce((most, { x }) => Math.max(most, x), 0);
  const isAccuracy = format === formatPercent;
  const scale = valueScale(all, isAccuracy ? 'linear' : undefined);
  const x = {
    field: 'x',
    type: 'quantitative',
    title: xTitle,
    scale: { domain: [0, end === 0 ? 1 : end], nice: false },
    axis: { tickCount: 8, format: '~g', ...(xTitle === epoch ? { tickMinStep: 1 } : {}) },
  };
  const axis = isAccuracy ? { format: '.2~%', tickCount: 5 } : scale.channel.axis;
  const encoding = { x, y: { ...scale.channel, axis } };
  const ends = lines.map(({ name, points }): Text => {
    const [shown, end] = [toText(name), format(points[points.length - 1].y)];
    return { en: `${shown.en} ends at ${end}`, ko: `마지막 ${shown.ko} ${end}` };
  });
  return {
    id,
    height,
    title: scale.title(title),
    alt: {
      en: `Line chart of the ${what.en} of ${lines.length} runs by ${xTitle.en}: ${formatList(ends.map(({ en }) => en))}.`,
      ko: `실행 ${lines.length}개의 ${what.ko} 꺾은선 차트(가로축 ${xTitle.ko}): ${ends.map(({ ko }) => ko).join(', ')}.`,
    },
    spec: {
      $schema: schema,
      layer: lineLayers(lines, encoding, height, scale.place),
    },
    readout: {
      place: { text: place, format: 'number' },
      format: isAccuracy ? 'percent' : 'number',
    },
  };
}
