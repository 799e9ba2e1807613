import type { FittedNetwork, ProjectedStep, RankSteps } from '@convbook/trainer/benchmark';
import { plural } from 'convbook/progress';
import { percent } from './percent.ts';

/** The network between ranks, as a line of JSON has it. */
export interface NetworkLine extends FittedNetwork {
  readonly kind: 'network';
  readonly ranks: number;
  readonly hosts: readonly string[];
  readonly library: string;
  /** Of a rank. */
  readonly workers: number;
  readonly cores: number;
}

/** Steps of all ranks together. */
export interface RankStepsLine extends RankSteps {
  readonly kind: 'steps';
  readonly model: string;
  readonly batchSize: number;
  /** Of one worker alone, as it was profiled. */
  readonly aloneMilliseconds: number;
  readonly projected: ProjectedStep;
}

export function networkLine(line: NetworkLine): string {
  const { ranks, hosts, library, workers, cores, latency, bandwidth, error } = line;
  const names = [...new Set(hosts)].join(', ');
  return [
    `${ranks} ranks on ${names}, ${library}; each has ${plural(workers, 'worker')} on ${plural(cores, 'core')}`,
    `α ${(latency * 1e6).toFixed(1)} µs, β ${(bandwidth / 1e9).toFixed(2)} GB/s, ` +
      `fitted to gathers and scatters of 256 B to 16 MiB; the fit misses their times by ${percent(error)} (root mean square)`,
  ].join('\n');
}

export const rankStepsNote =
  'Milliseconds of a step. One worker: alone, with all samples. Computing + exchange − hidden is the projected step of ' +
  'the ranks; ratio: measured ÷ projected. KiB sent: what rank 0 gives the others in a step. Way: rows of samples ' +
  'cross, or sums of sections.';

export const rankStepsHead = row([
  'model',
  'batch',
  'way',
  'one worker',
  'computing',
  'exchange',
  'hidden',
  'projected',
  'measured',
  'ratio',
  'KiB sent',
]);

/** Milliseconds of a step; the ratio is what was measured over what was projected. */
export function rankStepsRow(line: RankStepsLine): string {
  const { model, batchSize, aloneMilliseconds, projected, millisecondsPerStep, sentBytes } = line;
  const { way, compute, exchange, hidden, total } = projected;
  const times = [compute, exchange, hidden, total].map((seconds) => (1000 * seconds).toFixed(2));
  const numbers = [aloneMilliseconds.toFixed(2), ...times, millisecondsPerStep.toFixed(2)];
  const ratio = (millisecondsPerStep / 1000 / total).toFixed(2);
  const sent = (sentBytes / 1024).toFixed(1);
  return row([model, String(batchSize), way, ...numbers, ratio, sent]);
}

function row([name, ...cells]: readonly string[]): string {
  return name.padEnd(16) + cells.map((text) => text.padStart(12)).join('');
}
