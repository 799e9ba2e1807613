// Starts the exchanging thread, from the main thread.
import { fileURLToPath } from 'node:url';
import { Worker, type MessagePort } from 'node:worker_threads';
import { threadFile } from '@convbook/core/node';
import type { News, ThreadTask } from './run-thread.ts';

export interface RankThread {
  /** Whether it has joined the other ranks. */
  readonly news: Promise<News>;
  /** Its end, which is the rank's unless it was told to leave. */
  readonly ended: Promise<void>;
}

/** `port` is the other end of the task's. */
export function startThread(task: ThreadTask, port: MessagePort): RankThread {
  const worker = createWorker(task);
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const news = new Promise<News>((resolve, reject) => {
    port.once('message', resolve);
    // The promise is settled already where the thread fails later: its end follows.
    worker.on('error', reject);
  });
  return { news, ended };
}

function createWorker(task: ThreadTask): Worker {
  const { url, execArgv } = threadFile('@convbook/mpi/thread', import.meta.url);
  const options = { workerData: task, transferList: [task.port] };
  if (execArgv.length === 0) return new Worker(url, options);
  // A thread begins before the loader of TypeScript, which then sees only what is required.
  const file = JSON.stringify(fileURLToPath(url));
  const code = `import(process.execArgv.at(-1)).then(() => require(${file}))`;
  return new Worker(code, { ...options, execArgv: [...execArgv], eval: true });
}
