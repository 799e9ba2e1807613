// Rank 0 leads: it alone reads and writes the run directory, logs, and hears the clock.
import type { Dataset } from '@convbook/data';
import type { ResolvedModel } from '@convbook/layers';
import type { Configuration, RecordedRank } from '@convbook/run';
import type { Engine } from '../engine/engine.ts';
import type { SharedState } from '../engine/shared-state.ts';
import type { TrainingBatch, TrainingPlan } from '../engine/training-plan.ts';
import { abortRun } from './abort-run.ts';
import { checkAgreement, programFacts, runFacts } from './agreement.ts';
import type { Agreed, Beginning, Met, Preparation } from './begin.ts';
import { announceJob } from './jobs.ts';
import { createLeadEngine } from './lead-engine.ts';
import { exitCodeOf } from './rank-error.ts';
import type { RankLink } from './rank-link.ts';
import { createRounds } from './rounds.ts';
import { checkSpreadable, giveData } from './spread-data.ts';

/** What rank 0 does for the others while it trains. */
export interface Lead {
  readonly link: RankLink;
  /** Aborted when another rank was told to end the run; its reason is a `RankError` that says which. */
  readonly signal: AbortSignal;
  /** Tells the others what will be trained: they read their data meanwhile. */
  begin(beginning: Beginning): Promise<void>;
  /**
   * Gives the others data where they read none, and compares everything that decides bytes.
   *
   * @throws ConfigurationError where ranks differ, RankError where another failed: all ranks end.
   */
  agree(run: AgreedRun): Promise<void>;
  /** Waits until all have a state. */
  ready(): Promise<void>;
  /** For the log, once they agree: who takes part, and what moves their bytes. */
  described(plan: TrainingPlan): { ranks: RecordedRank[]; library: string };
  /** The engine of all ranks. */
  engine(own: Engine, state: SharedState): Engine;
}

/** The run that rank 0 is about to prepare. */
export interface AgreedRun extends Preparation {
  readonly model: ResolvedModel;
  readonly configuration: Configuration;
  readonly data: Dataset;
  readonly workers: number;
}

/** Ways to end all ranks. */
interface Endings {
  leave(): Promise<void>;
  fail(error: unknown): Promise<void>;
}

/** How far the ranks are: it decides how they learn that the run ends. */
type Stage =
  | { readonly kind: 'rounds' }
  | { readonly kind: 'between jobs' }
  | { readonly kind: 'in a job'; readonly state: SharedState };

export function createLead(link: RankLink, dataFrom = 'own'): Lead & Endings {
  const rounds = createRounds(link);
  const interruption = new AbortController();
  let stage: Stage = { kind: 'rounds' };
  let ranks: RecordedRank[] = [];
  return {
    link,
    signal: interruption.signal,
    async begin(beginning) {
      const met = await rounds.tell<Met>({ facts: programFacts(dataFrom), beginning });
      rounds.check(() => checkAgreement(link, met));
    },
    async agree({ model, configuration, data, workers, sampling, start }) {
      if (dataFrom === 'rank0') checkSpreadable(data);
      await rounds.tell(null);
      if (dataFrom === 'rank0') await giveData(link, data);
      const facts = await runFacts(model, configuration, data);
      const preparation = { sampling, start };
      const agreed = await rounds.tell<Agreed>({ facts, own: { workers }, preparation });
      rounds.check(() => checkAgreement(link, agreed));
      ranks = agreed.map(({ own }, rank) => ({ rank, host: link.hosts[rank], ...own }));
    },
    async ready() {
      await rounds.tell(null);
      stage = { kind: 'between jobs' };
    },
    described: ({ full }) => ({
      ranks: ranks.map((rank) => ({ ...rank, ...shareOf(full, rank.rank) })),
      library: link.library,
    }),
    engine: (own, state) =>
      createLeadEngine(own, state, link, {
        onBusy: (isBusy) =>
          (stage = isBusy ? { kind: 'in a job', state } : { kind: 'between jobs' }),
        onInterrupted: (reason) => interruption.abort(reason),
      }),
    leave: () =>
      stage.kind === 'rounds' ? rounds.leave() : announceJob(link, { kind: 'end', exitCode: 0 }),
    async fail(error) {
      switch (stage.kind) {
        case 'rounds':
          return rounds.fail(error);
        case 'between jobs':
          return announceJob(link, { kind: 'end', exitCode: exitCodeOf(error) });
        case 'in a job':
          return abortRun(link, stage.state, error);
        default:
          return stage satisfies never;
      }
    },
  };
}

/** What a rank computes of a batch. */
function shareOf({ cut, shardStarts }: TrainingBatch, rank: number) {
  const own = cut.slice(shardStarts[rank], shardStarts[rank + 1]);
  return { shards: own.length, samples: own.reduce((sum, { count }) => sum + count, 0) };
}
