import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Piscina } from 'piscina';

// A worker keeps its plan and no arrays: one that wants more than this leaks, and ends before it
// takes the machine with it.
const workerHeapMegabytes = 512;

/** So many threads, each of which runs one task of the module `file` at a time. */
export function createPool(file: URL, threads: number): Piscina {
  // Workers run TypeScript: the loader must be in each thread too.
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return new Piscina({
    filename: file.href,
    ...{ minThreads: threads, maxThreads: threads, concurrentTasksPerWorker: 1 },
    execArgv: ['--import', loader],
    resourceLimits: { maxOldGenerationSizeMb: workerHeapMegabytes },
    // A task is the whole run: nothing is gained by parking a thread between tasks.
    atomics: 'disabled',
  });
}
