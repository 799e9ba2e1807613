// The jobs of a rank that follows, on its own engine and state.
import { createPosition } from '../engine/control/position.ts';
import type { Engine } from '../engine/engine.ts';
import type { SharedState } from '../engine/shared-state.ts';
import { clearTimes } from '../loop/time-events.ts';
import { nextJob, type RankJob } from './jobs.ts';
import type { RankLink } from './rank-link.ts';
import { shareStop } from './share-stop.ts';
import { spreadState } from './spread-state.ts';
import { bytesOf, spreadBytes } from './tell.ts';
import { withStep } from './with-step.ts';

interface Following {
  readonly link: RankLink;
  readonly state: SharedState;
  readonly engine: Engine;
  /** Aborting it ends the run on all ranks after the running step. */
  readonly signal: AbortSignal | undefined;
}

/** Runs jobs until rank 0 announces the end; the exit code that it announces. */
export async function followJobs(following: Following): Promise<number> {
  const { link } = following;
  for (;;) {
    const job = await nextJob(link);
    if (job.kind === 'end') return job.exitCode;
    await runJob(following, job);
  }
}

type Work = Exclude<RankJob, { kind: 'end' }>;

async function runJob(following: Following, job: Work): Promise<void> {
  const { link, state, engine } = following;
  switch (job.kind) {
    case 'state':
      return spreadState(link, state);
    case 'epoch':
      return beginEpoch(following, job);
    case 'train':
      return train(following, job);
    case 'evaluate':
      return withStep(link, state, () => engine.evaluate(job.set));
    default:
      return job satisfies never;
  }
}

async function beginEpoch(
  { link, state }: Following,
  { stepsBefore, batchesDone, rateFactor }: Extract<RankJob, { kind: 'epoch' }>,
): Promise<void> {
  createPosition(state.control).beginEpoch(stepsBefore, batchesDone);
  state.statistics.rateFactor[0] = rateFactor;
  clearTimes(state);
  await spreadBytes(link, bytesOf(state.order));
}

async function train(
  { link, state, engine, signal }: Following,
  { from, to }: Extract<RankJob, { kind: 'train' }>,
): Promise<void> {
  const pause = () => engine.pause();
  signal?.addEventListener('abort', pause);
  try {
    const job = withStep(link, state, () => engine.train(from, to));
    // A job begins without a wish to pause.
    if (signal?.aborted) pause();
    await job;
  } finally {
    signal?.removeEventListener('abort', pause);
  }
  await shareStop(link, signal);
}
