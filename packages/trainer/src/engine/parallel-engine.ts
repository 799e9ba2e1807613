// Main side of the workers: piscina creates and supervises them, each runs one long task. Jobs are
// announced through the control block; a worker's only message is the number of the job it finished.
import { MessageChannel } from 'node:worker_threads';
import type { WorkerInjection } from '../faults/inject-in-worker.ts';
import {
  BATCHES_DONE,
  EVALUATE,
  FROM,
  HALT,
  Halt,
  JOB,
  KEPT,
  KIND,
  NEXT_EARLY,
  PAUSE,
  QUIT,
  SET,
  STEPS_BEFORE,
  TO,
  TRAIN,
} from './control.ts';
import type { Engine } from './engine.ts';
import { createPool, engineWorker, type StartedWorkers } from './pool.ts';
import { watchProgress } from './progress-watch.ts';
import type { SharedState } from './shared-state.ts';
import type { WorkerTask } from './worker.ts';
import {
  readStraggler,
  readWhereabouts,
  toHangError,
  toWorkerError,
  type WorkerError,
} from './worker-error.ts';

export interface ParallelEngineOptions {
  /** Seconds without progress after which workers hang; default 60. */
  readonly hangTimeout?: number | undefined;
  readonly injection?: WorkerInjection | undefined;
  /** Workers to take over; default new ones. */
  readonly started?: StartedWorkers | undefined;
}

export const defaultHangTimeout = 60;

/** Workers over a state that is new or was cleared (`clearState`). */
export function createParallelEngine(
  state: SharedState,
  workers: number,
  { hangTimeout = defaultHangTimeout, injection, started }: ParallelEngineOptions = {},
): Engine {
  const { control, whereabouts } = state;
  const pool = started?.take(workers) ?? createPool(engineWorker, workers);
  let finish: () => void = () => undefined;
  let fail: (error: WorkerError) => void = () => undefined;
  let arrived = 0;
  let isRunning = false;
  let failure: WorkerError | null = null;
  const stepsDone = () => control[STEPS_BEFORE] + Atomics.load(control, BATCHES_DONE);
  // The first is the cause; what follows from it is of no interest.
  const onFailure = (error: WorkerError) => {
    failure ??= error;
    fail(error);
  };

  const tasks = Array.from({ length: workers }, (_, worker) => {
    const { port1, port2 } = new MessageChannel();
    port1.on('message', () => {
      arrived++;
      if (arrived === workers) finish();
    });
    const task: WorkerTask = { state, worker, workers, port: port2, injection };
    const done = pool.run(task, { transferList: [port2] }) as Promise<void>;
    return done
      .catch((error: unknown) =>
        onFailure(toWorkerError(error, readWhereabouts(whereabouts, worker, stepsDone()))),
      )
      .finally(() => port1.close());
  });
  // A thread without a task: one that piscina started in place of one that ended.
  pool.on('error', (error) =>
    onFailure(toWorkerError(error, readStraggler(whereabouts, stepsDone()))),
  );

  const runJob = async (kind: number, words: readonly (readonly [number, number])[]) => {
    if (failure) throw failure;
    arrived = 0;
    const finished = new Promise<void>((resolve, reject) => {
      finish = resolve;
      fail = reject;
    });
    control[HALT] = Halt.no;
    control[PAUSE] = 0;
    // A halt leaves them where they were.
    control[KEPT] = 0;
    control[NEXT_EARLY] = 0;
    control[KIND] = kind;
    for (const [word, value] of words) control[word] = value;
    // Last: a worker that sees the new number reads the words above.
    Atomics.add(control, JOB, 1);
    Atomics.notify(control, JOB);
    const endWatch = watchProgress(state, hangTimeout, () =>
      onFailure(toHangError(hangTimeout, readStraggler(whereabouts, stepsDone()))),
    );
    isRunning = true;
    try {
      await finished;
    } finally {
      isRunning = false;
      endWatch();
    }
  };

  return {
    async train(from, to) {
      await runJob(TRAIN, [
        [FROM, from],
        [TO, to],
        [BATCHES_DONE, from],
      ]);
      return { batch: control[BATCHES_DONE], halt: control[HALT] as Halt };
    },
    evaluate: (set) => runJob(EVALUATE, [[SET, set]]),
    pause: () => void Atomics.store(control, PAUSE, 1),
    async close() {
      if (!failure && !isRunning) {
        Atomics.store(control, QUIT, 1);
        Atomics.add(control, JOB, 1);
        Atomics.notify(control, JOB);
        await Promise.all(tasks);
      }
      await pool.destroy();
    },
  };
}
