// Main side of the workers: piscina creates and supervises them, each runs one long task. Jobs are
// announced through the control block; a worker's only message is the number of the job it finished.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import {
  BATCHES_DONE,
  EVALUATE,
  FROM,
  HALT,
  Halt,
  JOB,
  KIND,
  PAUSE,
  QUIT,
  SET,
  TO,
  TRAIN,
} from './control.ts';
import type { Engine } from './engine.ts';
import type { SharedState } from './shared-state.ts';
import type { WorkerTask } from './worker.ts';

export function createParallelEngine(state: SharedState, workers: number): Engine {
  const { control } = state;
  // Workers run TypeScript: the loader must be in each thread too.
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const pool = new Piscina({
    filename: new URL('./worker.ts', import.meta.url).href,
    ...{ minThreads: workers, maxThreads: workers, concurrentTasksPerWorker: 1 },
    execArgv: ['--import', loader],
    // A task is the whole run: nothing is gained by parking a thread between tasks.
    atomics: 'disabled',
  });
  let finish: () => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  let arrived = 0;
  let failure: { error: unknown } | null = null;
  const onFailure = (error: unknown) => {
    failure ??= { error };
    fail(error);
  };

  const tasks = Array.from({ length: workers }, (_, worker) => {
    const { port1, port2 } = new MessageChannel();
    port1.on('message', () => {
      arrived++;
      if (arrived === workers) finish();
    });
    const task: WorkerTask = { state, worker, workers, port: port2 };
    const done = pool.run(task, { transferList: [port2] }) as Promise<void>;
    return done.catch(onFailure).finally(() => port1.close());
  });

  const runJob = async (kind: number, words: readonly (readonly [number, number])[]) => {
    if (failure) throw failure.error;
    arrived = 0;
    const finished = new Promise<void>((resolve, reject) => {
      finish = resolve;
      fail = reject;
    });
    control[HALT] = Halt.no;
    control[PAUSE] = 0;
    control[KIND] = kind;
    for (const [word, value] of words) control[word] = value;
    // Last: a worker that sees the new number reads the words above.
    Atomics.add(control, JOB, 1);
    Atomics.notify(control, JOB);
    await finished;
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
      if (!failure) {
        Atomics.store(control, QUIT, 1);
        Atomics.add(control, JOB, 1);
        Atomics.notify(control, JOB);
        await Promise.all(tasks);
      }
      await pool.destroy();
    },
  };
}
