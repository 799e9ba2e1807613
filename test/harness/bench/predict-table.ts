import type { PeerResult } from './peers.ts';
import { spreadOf, type Spread } from './spread.ts';
import type { PredictionTime } from './time-predictions.ts';

/** Repetitions of one model with one number of images. */
interface Times {
  /** Milliseconds a call. */
  readonly spread: Spread;
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
  const load = spreadOf(peers.map(({ loadMilliseconds = NaN }) => loadMilliseconds));
  const [{ peer: name, variant }] = peers;
  const ratio = spread.median / ours.spread.median;
  return { name, variant, spread, load, ratio, loadRatio: load.median / ours.load.median };
}

export const predictionsHead = row(
  'model',
  'system',
  'images',
  'ms/call',
  'from–to',
  'images/s',
  'we are',
  'load ms',
  'we are',
);

/** Our row, then one of each peer. */
export function predictionsRows(summary: PredictionSummary): string[] {
  const { model, images, node, peers } = summary;
  return [
    timesRow(model, `Convbook, ${node}`, images, summary, '', ''),
    ...peers.map(({ name, ratio, loadRatio, ...times }) =>
      timesRow('', name, images, times, `${ratio.toFixed(2)} ×`, `${loadRatio.toFixed(2)} ×`),
    ),
  ];
}

function timesRow(
  model: string,
  system: string,
  images: number,
  { spread, load }: Times,
  ratio: string,
  loadRatio: string,
): string {
  return row(
    model,
    system,
    String(images),
    spread.median.toFixed(3),
    `${short(spread.least)}–${short(spread.most)}`,
    Math.round((1000 * images) / spread.median).toLocaleString('en-US'),
    ratio,
    load.median.toFixed(0),
    loadRatio,
  );
}

function short(milliseconds: number): string {
  return milliseconds.toFixed(milliseconds < 10 ? 2 : 1);
}

function row(model: string, system: string, ...numbers: string[]): string {
  const cells = numbers.map((text) => text.padStart(14));
  return (model.padEnd(16) + system.padEnd(20) + cells.join('')).trimEnd();
}
