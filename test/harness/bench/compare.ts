// Measures one model with Convbook and with its peers, in turns.
import { highest } from '@convbook/core';
import type { MeasuredPeer } from '@convbook/report/benchmark';
import { measureSteps, type TrainingMeasurement } from './measure.ts';
import { measurePeer, type PeerResult, type PeerVariant } from './peers.ts';
import { speedOver, summarizeSteps, type StepsSummary } from './steps-table.ts';

export interface Compared {
  readonly model: string;
  /** One for each number of workers. */
  readonly summaries: readonly StepsSummary[];
  readonly peers: readonly PeerResult[];
}

interface Rounds {
  readonly workers: readonly number[];
  readonly repeat: number;
}

export async function compare(
  settings: Omit<TrainingMeasurement, 'kind' | 'workers'>,
  variants: readonly PeerVariant[],
  { workers, repeat }: Rounds,
): Promise<Compared> {
  const { model, seconds } = settings;
  const measured = workers.map((): Awaited<ReturnType<typeof measureSteps>>[] => []);
  const peers: PeerResult[] = [];
  for (let round = 0; round < repeat; round++) {
    for (const [i, count] of workers.entries()) {
      measured[i].push(await measureSteps({ ...settings, workers: count }));
    }
    for (const variant of variants) {
      peers.push(await measurePeer(variant, model, highest(workers), seconds));
    }
  }
  const alone = measured[workers.indexOf(1)] ?? [];
  return { model, summaries: measured.map((results) => summarizeSteps(results, alone)), peers };
}

/** The most workers measured: a peer has as many threads. */
export function mostWorkers({ summaries }: Compared): StepsSummary {
  return summaries.reduce((a, b) => (b.workers > a.workers ? b : a));
}

export function ratios(compared: Compared, peers: readonly PeerResult[]): MeasuredPeer[] {
  const ours = mostWorkers(compared);
  return peers.map((peer) => ({
    model: compared.model,
    threads: ours.workers,
    ...peer,
    ratio: speedOver(ours, peer),
  }));
}
