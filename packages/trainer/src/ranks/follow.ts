// All ranks but the first follow: each prepares the same state and does its part of the jobs that rank 0
// announces. They read no run directory and write nothing.
import { checkObject, checkOptionNames } from '@convbook/core/checks';
import { createEngine } from '../engine/create-engine.ts';
import type { StartedWorkers } from '../engine/pool.ts';
import { createWorkerInjection } from '../faults/inject-in-worker.ts';
import { checkMeans, sessionNames } from '../loop/session-options.ts';
import { trainingNames } from '../settings/setting-names.ts';
import { abortRun } from './abort-run.ts';
import { followJobs } from './follow-jobs.ts';
import { joinRun, type JoinedRun, type JoinOptions } from './join-run.ts';
import { RankError } from './rank-error.ts';
import { createRounds } from './rounds.ts';

/** The settings of a rank other than 0, which are compared with those of rank 0, and its own means. */
export interface FollowOptions extends JoinOptions {
  /** From `startWorkers`, to save the time they take to start. */
  startedWorkers?: StartedWorkers | undefined;
  /** Aborting it ends the run on all ranks after the step that is running. */
  signal?: AbortSignal | undefined;
}

// Those of rank 0, so that a program may give all ranks the same; what only rank 0 does follows it.
const followNames = {
  model: true,
  data: true,
  chooseData: true,
  ...trainingNames,
  ...sessionNames,
} as const satisfies Record<keyof FollowOptions, true>;

/**
 * Trains with rank 0, which calls `train` or `resume`, until it ends; returns rank 0's exit code. Rank 0 tells the
 * user of every error that is thrown here.
 *
 * @throws ConfigurationError where this rank would train something else than rank 0.
 * @throws RankError when another rank ends before the first step.
 */
export async function follow(options: FollowOptions): Promise<number> {
  checkObject('follow', options, 'follow({ link, model, data })');
  const joined = await join(options);
  if (joined === null) return 0;
  const { link, signal, startedWorkers: started, hangTimeout } = options;
  const { state, workers, faults } = joined;
  const injection = createWorkerInjection(faults.workers);
  const engine = createEngine(state, workers, { link, hangTimeout, injection, started });
  try {
    const exitCode = await followJobs({ link, state, engine, signal });
    await engine.close();
    return exitCode;
  } catch (error) {
    return abortRun(link, state, error);
  }
}

/** Null where rank 0 has nothing to do. */
async function join(options: FollowOptions): Promise<JoinedRun | null> {
  const rounds = createRounds(options.link);
  try {
    checkOptionNames('follow', options, followNames);
    checkMeans(options);
    return await joinRun(options, rounds);
  } catch (error) {
    if (error instanceof RankError && error.exitCode === 0) return null;
    await rounds.fail(error);
    throw error;
  }
}
