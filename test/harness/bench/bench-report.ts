import { availableParallelism, cpus } from 'node:os';
import type { BenchmarkReport } from '@convbook/report/benchmark';
import { shellWord } from '@convbook/run';
import type { StepProfile } from '@convbook/trainer/benchmark';
import { ratios, type Compared } from './compare.ts';
import { bestOfPeers } from './steps-table.ts';

/** All that a benchmark measured. */
export interface MeasuredModels {
  readonly compared: readonly Compared[];
  /** Only for a page, with the most workers. */
  readonly profiles: readonly StepProfile[];
}

/** The benchmark as its page shows it. */
export function toReport(
  at: string,
  loadBefore: number,
  { compared, profiles }: MeasuredModels,
): BenchmarkReport {
  return {
    at,
    host: host(),
    loadBefore,
    profiles,
    command: ['pnpm bench', ...process.argv.slice(2).map(shellWord)].join(' '),
    steps: compared.flatMap(({ summaries }) => summaries),
    peers: compared.flatMap((one) => ratios(one, bestOfPeers(one.peers))),
  };
}

function host(): string {
  const [{ model }] = cpus();
  return `${availableParallelism()} cores, ${model.trim()}`;
}
