import { highest } from '@convbook/core';
import type { BenchmarkResult } from '@convbook/trainer/benchmark';
import type { PeerResult } from './peers.ts';
import { percent } from './percent.ts';
import { spreadOf, type Spread } from './spread.ts';

/** Repetitions of one model with one number of workers, put together. */
export interface StepsSummary extends BenchmarkResult {
  readonly repetitions: number;
  /** Milliseconds a step. */
  readonly spread: Spread;
  /** Speed over that of one worker, over the workers; null where one was not measured. */
  readonly efficiency: number | null;
  /** Cores that others used meanwhile, the most of all repetitions. */
  readonly foreignCores: number;
}

type Measured = BenchmarkResult & { readonly foreignCores: number };

/** The median repetition, with the spread of all. */
export function summarizeSteps(
  measured: readonly Measured[],
  one: readonly Measured[],
): StepsSummary {
  const sorted = measured.toSorted((a, b) => a.millisecondsPerStep - b.millisecondsPerStep);
  const middle = sorted[(sorted.length - 1) >> 1];
  const spread = spreadOf(measured.map((result) => result.millisecondsPerStep));
  const alone = spreadOf(one.map((result) => result.millisecondsPerStep)).median;
  const foreignCores = highest(measured.map((result) => result.foreignCores));
  const peaks = measured.flatMap(({ peakGigaflops }) => peakGigaflops ?? []);
  const peakGigaflops = peaks.length > 0 ? highest(peaks) : null;
  const efficiency =
    one.length > 0 && middle.workers > 0 ? alone / spread.median / middle.workers : null;
  const repetitions = measured.length;
  return { ...middle, peakGigaflops, repetitions, spread, efficiency, foreignCores };
}

/** Explains two columns of the head. */
export const stepsNote =
  'GFLOP/s counts the operations of the plain algorithm: kernels that save multiplications can pass the peak of ' +
  'WebAssembly, which is left out where other processes kept the machine busy.';

export const stepsHead = row(
  'model',
  'Node',
  'kernels',
  'workers',
  'batch',
  'ms/step',
  'from–to',
  'images/s',
  'GFLOP/s',
  'of peak',
  'speed-up',
  'waiting',
  'memory',
  'ready',
  '1st step',
  'others',
);

export function stepsRow(summary: StepsSummary): string {
  const { model, workers, batchSize, spread, efficiency } = summary;
  return row(
    model,
    summary.node,
    kernelsOf(summary),
    String(workers),
    String(batchSize),
    spread.median.toFixed(2),
    `${spread.least.toFixed(1)}–${spread.most.toFixed(1)}`,
    Math.round((1000 * batchSize) / spread.median).toLocaleString('en-US'),
    summary.gigaflops.toFixed(1),
    summary.peakGigaflops === null ? '–' : percent(summary.gigaflops / summary.peakGigaflops),
    efficiency === null
      ? '–'
      : `${(efficiency * workers).toFixed(2)}, ${Math.round(100 * efficiency)}%`,
    percent(summary.waitingShare),
    `${Math.round(summary.peakMemoryBytes / 2 ** 20)} MiB`,
    `${summary.readySeconds.toFixed(2)} s`,
    `${summary.firstStepSeconds.toFixed(2)} s`,
    `${summary.foreignCores.toFixed(2)} cores`,
  );
}

/** `wide` where V8 joins vectors of the kernels. */
export function kernelsOf({ whyNarrow }: Pick<StepsSummary, 'whyNarrow'>): string {
  return whyNarrow === null ? 'wide' : 'narrow';
}

/** The fastest measurement of each peer. */
export function bestOfPeers(peers: readonly PeerResult[]): PeerResult[] {
  const names = [...new Set(peers.map(({ peer }) => peer))];
  return names.map((name) =>
    peers
      .filter(({ peer }) => peer === name)
      .reduce((a, b) => (b.imagesPerSecond > a.imagesPerSecond ? b : a)),
  );
}

/** Our images a second over a peer's; above 1 we are faster. */
export function speedOver(
  { batchSize, spread }: Pick<StepsSummary, 'batchSize' | 'spread'>,
  { imagesPerSecond }: Pick<PeerResult, 'imagesPerSecond'>,
): number {
  return (1000 * batchSize) / spread.median / imagesPerSecond;
}

export function peerRow(ours: StepsSummary, best: PeerResult): string {
  const { peer, variant, millisecondsPerStep, peakMemoryBytes } = best;
  return (
    `  ${peer} (${variant.trim()}): ${millisecondsPerStep.toFixed(2)} ms/step, ` +
    `${Math.round(peakMemoryBytes / 2 ** 20)} MiB; ` +
    `${ours.workers} workers are ${speedOver(ours, best).toFixed(2)} times as fast`
  );
}

function row(name: string, ...numbers: string[]): string {
  return name.padEnd(16) + numbers.map((text) => text.padStart(12)).join('');
}
