import type { PeerResult } from './peers.ts';
import { spreadOf, type Spread } from './spread.ts';
import type { PredictionTime } from './time-predictions.ts';

/** Repetitions of one model with one number of images. */
interface Times {
  /** Milliseconds a call. */
  readonly spread: Spread;
  /** CPU milliseconds a call. */
  readonly cpu: Spread;
  /** Milliseconds from loading to the first answer. */
  readonly load: Spread;
}

/** Ours, and those of other systems. */
export interface PredictionSummary extends Times {
  readonly model: string;
  readonly images: number;
  readonly node: string;
  readonly repetitions: number;
  readonly peers: readonly PeerTimes[];
}

interface PeerTimes extends Times {
  readonly name: string;
  readonly variant: string;
  /** Its time over ours; above 1 we are faster. */
  readonly ratio: number;
  readonly cpuRatio: number;
  readonly loadRatio: number;
}

/** Medians and spreads of all. */
export function summarizePredictions(
  measured: readonly PredictionTime[],
  peers: readonly PeerResult[],
): PredictionSummary {
  const [{ model, images, node }] = measured;
  const ours = {
    spread: spreadOf(measured.map(({ millisecondsPerCall }) => millisecondsPerCall)),
    cpu: spreadOf(measured.map(({ cpuMillisecondsPerCall }) => cpuMillisecondsPerCall)),
    load: spreadOf(measured.map(({ loadMilliseconds }) => loadMilliseconds)),
  };
  const names = [...new Set(peers.map(({ peer }) => peer))];
  return {
    model,
    images,
    node,
    repetitions: measured.length,
    ...ours,
    peers: names.map((name) =>
      compared(
        ours,
        peers.filter(({ peer }) => peer === name),
      ),
    ),
  };
}

function compared(ours: Times, peers: readonly PeerResult[]): PeerTimes {
  const spread = spreadOf(peers.map(({ millisecondsPerStep }) => millisecondsPerStep));
  const cpu = spreadOf(peers.map(({ cpuMilliseconds = NaN }) => cpuMilliseconds));
  const load = spreadOf(peers.map(({ loadMilliseconds = NaN }) => loadMilliseconds));
  const [{ peer: name, variant }] = peers;
  return {
    name,
    variant,
    spread,
    cpu,
    load,
    ratio: spread.median / ours.spread.median,
    cpuRatio: cpu.median / ours.cpu.median,
    loadRatio: load.median / ours.load.median,
  };
}

export const predictionsHead = row(
  'model',
  'system',
  'images',
  'ms/call',
  'from–to',
  'images/s',
  'we are',
  'CPU ms',
  'we are',
  'load ms',
  'we are',
);

/** Our row, then one of each peer. */
export function predictionsRows(summary: PredictionSummary): string[] {
  const { model, images, node, peers } = summary;
  return [
    timesRow(model, `Convbook, ${node}`, images, summary, ['', '', '']),
    ...peers.map(({ name, ratio, cpuRatio, loadRatio, ...times }) => {
      const ratios = [ratio, cpuRatio, loadRatio].map((value) => `${value.toFixed(2)} ×`);
      return timesRow('', name, images, times, ratios);
    }),
  ];
}

function timesRow(
  model: string,
  system: string,
  images: number,
  { spread, cpu, load }: Times,
  [ratio, cpuRatio, loadRatio]: readonly string[],
): string {
  return row(
    model,
    system,
    String(images),
    spread.median.toFixed(3),
    `${short(spread.least)}–${short(spread.most)}`,
    Math.round((1000 * images) / spread.median).toLocaleString('en-US'),
    ratio,
    cpu.median.toFixed(3),
    cpuRatio,
    load.median.toFixed(0),
    loadRatio,
  );
}

function short(milliseconds: number): string {
  return milliseconds.toFixed(milliseconds < 10 ? 2 : 1);
}

function row(model: string, system: string, ...numbers: string[]): string {
  const cells = numbers.map((text) => text.padStart(12));
  return (model.padEnd(16) + system.padEnd(20) + cells.join('')).trimEnd();
}
