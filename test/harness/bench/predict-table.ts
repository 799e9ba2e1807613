import type { PeerResult } from './peers.ts';
import { spreadOf, type Spread } from './spread.ts';
import type { PredictionTime } from './time-predictions.ts';

/** Repetitions of one model with one number of images, and those of a peer. */
export interface PredictionSummary extends Omit<PredictionTime, 'millisecondsPerCall'> {
  readonly repetitions: number;
  /** Milliseconds a call. */
  readonly spread: Spread;
  readonly peer: {
    readonly name: string;
    readonly variant: string;
    /** Milliseconds a call. */
    readonly spread: Spread;
    /** Its time over ours; above 1 we are faster. */
    readonly ratio: number;
  } | null;
}

/** Medians and spreads of all. */
export function summarizePredictions(
  measured: readonly PredictionTime[],
  peers: readonly PeerResult[],
): PredictionSummary {
  const [{ model, images, node }] = measured;
  const spread = spreadOf(measured.map(({ millisecondsPerCall }) => millisecondsPerCall));
  return {
    model,
    images,
    node,
    repetitions: measured.length,
    spread,
    peer: compared(spread, peers),
  };
}

function compared(ours: Spread, peers: readonly PeerResult[]): PredictionSummary['peer'] {
  if (peers.length === 0) return null;
  const spread = spreadOf(peers.map(({ millisecondsPerStep }) => millisecondsPerStep));
  const [{ peer, variant }] = peers;
  return { name: peer, variant, spread, ratio: spread.median / ours.median };
}

export const predictionsHead = row(
  'model',
  'Node',
  'images',
  'ms/call',
  'from–to',
  'images/s',
  'peer ms',
  'from–to',
  'faster by',
);

export function predictionsRow({ model, node, images, spread, peer }: PredictionSummary): string {
  return row(
    model,
    node,
    String(images),
    spread.median.toFixed(3),
    range(spread),
    Math.round((1000 * images) / spread.median).toLocaleString('en-US'),
    peer === null ? '–' : peer.spread.median.toFixed(3),
    peer === null ? '–' : range(peer.spread),
    peer === null ? '–' : `${peer.ratio.toFixed(2)} ×`,
  );
}

function range({ least, most }: Spread): string {
  return `${short(least)}–${short(most)}`;
}

function short(milliseconds: number): string {
  return milliseconds.toFixed(milliseconds < 10 ? 2 : 1);
}

function row(name: string, ...numbers: string[]): string {
  return name.padEnd(16) + numbers.map((text) => text.padStart(14)).join('');
}
