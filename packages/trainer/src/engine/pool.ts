import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { MessagePort, Worker } from 'node:worker_threads';
import { threadFile, type ThreadFile } from '@convbook/core/node';
import type { DataDescription } from '@convbook/data/training';
import { Piscina } from 'piscina';
import type { DescribeTask } from './describe-worker.ts';

// A worker keeps its plan and no arrays: one that wants more than this leaks, and ends before it
// takes the machine with it.
const workerHeapMegabytes = 512;
// Steps leave little garbage; with V8's own choice each worker takes 6 MiB more and is not faster.
const youngMegabytes = 2;

/** The module that the engine's workers run. */
export const engineWorker = () => threadFile('@convbook/trainer/worker', import.meta.url);
const describeWorker = () => threadFile('@convbook/trainer/describe-worker', import.meta.url);

// A thread that loads for longer, in milliseconds, hangs.
const longestLoading = 10_000;

/**
 * A pool that ends no thread while it loads its module: Node aborts the whole process where a thread is
 * terminated inside `require` ("IsGraphAsync must be used on an instantiated module").
 */
class PatientPool extends Piscina {
  readonly #loaded = new Set<number>();

  constructor(options: ConstructorParameters<typeof Piscina>[0]) {
    super(options);
    // A thread's first message says that it has loaded; piscina says so only of those it started later.
    const first = new Map(this.threads.map((thread) => [thread.threadId, thread]));
    first.forEach((thread, id) => thread.once('message', () => this.#loaded.add(id)));
    this.on('workerCreate', ({ id }: { id: number }) => {
      if (!first.has(id)) this.#loaded.add(id);
    });
  }

  override async destroy(): Promise<void> {
    const loading = this.threads.filter(({ threadId }) => !this.#loaded.has(threadId));
    await Promise.all(loading.map(hasLoadedOrEnded));
    await super.destroy();
  }
}

async function hasLoadedOrEnded(thread: Worker): Promise<void> {
  const settled = new AbortController();
  const { signal } = settled;
  const failed = () => undefined;
  await Promise.race([
    once(thread, 'message', { signal }).catch(failed),
    once(thread, 'exit', { signal }).catch(failed),
    setTimeout(longestLoading, undefined, { signal }).catch(failed),
  ]);
  settled.abort();
}

/** As much of piscina as is used: its own declarations ask for more than a program may have. */
export interface WorkerPool {
  readonly threads: readonly Worker[];
  /** Runs a task on a thread that waits, of another module if `filename` names one. */
  run(
    task: unknown,
    options?: { filename?: string; transferList?: readonly MessagePort[] },
  ): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  destroy(): Promise<void>;
}

/** A pool of `threads` threads; each runs one task of the module at a time. */
export function createPool({ url, execArgv }: ThreadFile, threads: number): WorkerPool {
  return new PatientPool({
    filename: url.href,
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
    execArgv: [...execArgv],
    resourceLimits: {
      maxOldGenerationSizeMb: workerHeapMegabytes,
      maxYoungGenerationSizeMb: youngMegabytes,
    },
    // A task is the whole run: nothing is gained by parking a thread between tasks.
    atomics: 'disabled',
  });
}

/** Workers that start while the data set is read and the run prepared; an engine takes them over. */
export interface StartedWorkers {
  /** Describes a data set on one of them; undefined where there is none that waits. */
  describe(task: DescribeTask): Promise<DataDescription> | undefined;
  /** The pool if it has so many threads and nobody took it before. */
  take(threads: number): WorkerPool | undefined;
  /** Ends them unless they were taken. */
  close(): Promise<void>;
}

/** Starts worker threads before it is known what they will train. */
export function startWorkers(threads: number): StartedWorkers {
  let pool = threads > 0 ? createPool(engineWorker(), threads) : undefined;
  const give = () => {
    const given = pool;
    pool = undefined;
    return given;
  };
  return {
    describe: (task) =>
      pool?.run(task, { filename: describeWorker().url.href }) as
        Promise<DataDescription> | undefined,
    take: (wanted) => (wanted === threads ? give() : undefined),
    close: async () => give()?.destroy(),
  };
}
