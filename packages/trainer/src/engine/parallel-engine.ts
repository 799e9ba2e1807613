// Main side of the workers: piscina creates and supervises them, each runs one long task. Jobs are
// announced through the control block; a worker's only message is the number of the job it finished.
import type { RankLink } from '../ranks/rank-link.ts';
import type { WorkerInjection } from '../faults/inject-in-worker.ts';
import { createControl } from './control/control.ts';
import type { Job } from './control/jobs.ts';
import type { Engine } from './engine.ts';
import { createPool, engineWorker, type StartedWorkers } from './pool.ts';
import { watchProgress } from './progress-watch.ts';
import type { SharedState } from './shared-state.ts';
import { readStraggler, readWhereabouts } from './whereabouts.ts';
import { toHangError, toWorkerError, type WorkerError } from './worker-error.ts';
import { startTasks } from './worker-tasks.ts';

export interface ParallelEngineOptions {
  /** Seconds without progress after which workers hang; default 60. */
  readonly hangTimeout?: number | undefined;
  readonly injection?: WorkerInjection | undefined;
  /** Connects this rank with the others; default none. */
  readonly link?: RankLink | undefined;
  /** Workers to take over; default new ones. */
  readonly started?: StartedWorkers | undefined;
}

export const defaultHangTimeout = 60;

/** Workers over a state that is new or was cleared (`clearState`). */
export function createParallelEngine(
  state: SharedState,
  workers: number,
  { hangTimeout = defaultHangTimeout, injection, link, started }: ParallelEngineOptions = {},
): Engine {
  const { whereabouts } = state;
  const { position, jobs, barrier, kept } = createControl(state.control, workers);
  const pool = started?.take(workers) ?? createPool(engineWorker(), workers);
  const running = createRunningJob(workers);
  const straggler = () => readStraggler(whereabouts, position.stepsDone());
  const onFailed = (cause: unknown, at: number) =>
    running.fail(toWorkerError(cause, readWhereabouts(whereabouts, at, position.stepsDone())));
  const shared = { state, workers, injection };
  const tasks = startTasks(pool, shared, link, running.onFinished, onFailed);
  // A thread without a task: one that piscina started in place of one that ended.
  pool.on('error', (error) => running.fail(toWorkerError(error, straggler())));

  const runJob = async (job: Job) => {
    const finished = running.begin();
    position.beginJob();
    if (job.kind === 'train') position.beginBatches(job.from);
    // A halt leaves them where they were.
    kept.reset();
    barrier.reset();
    jobs.announce(job);
    const endWatch = watchProgress({ barrier, whereabouts }, hangTimeout, () =>
      running.fail(toHangError(hangTimeout, straggler())),
    );
    await finished.finally(endWatch);
  };

  return {
    async train(from, to) {
      await runJob({ kind: 'train', from, to });
      return { batch: position.batchesDone(), halt: position.halted() };
    },
    evaluate: (set) => runJob({ kind: 'evaluate', set }),
    pause: position.pause,
    async close() {
      if (running.isIdle()) {
        jobs.announce({ kind: 'quit' });
        await tasks;
      }
      await pool.destroy();
    },
  };
}

interface RunningJob {
  /** Resolves when all workers have finished; throws what failed earlier. */
  begin(): Promise<void>;
  /** A worker has finished its part. */
  onFinished(): void;
  /** The first failure is the cause; what follows from it is of no interest. */
  fail(error: WorkerError): void;
  isIdle(): boolean;
}

/** The job that runs, and whether a worker has failed: then there is none after it. */
function createRunningJob(workers: number): RunningJob {
  let settle: { finish(): void; fail(error: WorkerError): void } | null = null;
  let finished = 0;
  let failure: WorkerError | null = null;
  return {
    begin(): Promise<void> {
      if (failure) throw failure;
      finished = 0;
      const settled = new Promise<void>((finish, fail) => (settle = { finish, fail }));
      return settled.finally(() => (settle = null));
    },
    onFinished() {
      finished++;
      if (finished === workers) settle?.finish();
    },
    fail(error) {
      failure ??= error;
      settle?.fail(error);
    },
    isIdle: () => failure === null && settle === null,
  };
}
