import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Piscina } from 'piscina';

// A worker keeps its plan and no arrays: one that wants more than this leaks, and ends before it
// takes the machine with it.
const workerHeapMegabytes = 512;

/** The module that the engine's workers run. */
export const engineWorker = new URL('./worker.ts', import.meta.url);

/** A pool of `threads` threads; each runs one task of the module `file` at a time. */
export function createPool(file: URL, threads: number): Piscina {
  // For TypeScript the loader must be in each thread too; a bundle is JavaScript.
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const execArgv = file.pathname.endsWith('.ts') ? ['--import', loader] : [];
  return new Piscina({
    filename: file.href,
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
    execArgv,
    resourceLimits: { maxOldGenerationSizeMb: workerHeapMegabytes },
    // A task is the whole run: nothing is gained by parking a thread between tasks.
    atomics: 'disabled',
  });
}

/** Workers that start while the data set is read and the run prepared; an engine takes them over. */
export interface StartedWorkers {
  /** The pool if it has so many threads and nobody took it before. */
  take(threads: number): Piscina | undefined;
  /** Ends them unless they were taken. */
  close(): Promise<void>;
}

/** Starts worker threads before it is known what they will train. */
export function startWorkers(threads: number): StartedWorkers {
  let pool = threads > 0 ? createPool(engineWorker, threads) : undefined;
  const give = () => {
    const given = pool;
    pool = undefined;
    return given;
  };
  return {
    take: (wanted) => (wanted === threads ? give() : undefined),
    close: async () => give()?.destroy(),
  };
}
