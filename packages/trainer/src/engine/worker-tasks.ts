import { MessageChannel } from 'node:worker_threads';
import type { RankLink } from '../ranks/rank-link.ts';
import type { WorkerPool } from './pool.ts';
import type { WorkerTask } from './worker.ts';

/**
 * Gives each worker its task, which lasts until it is told to quit. Resolves when all have ended,
 * well or not.
 */
export async function startTasks(
  pool: WorkerPool,
  shared: Omit<WorkerTask, 'worker' | 'port' | 'desk'>,
  link: RankLink | undefined,
  onFinished: () => void,
  onFailed: (cause: unknown, worker: number) => void,
): Promise<void> {
  const run = async (worker: number) => {
    const { port1, port2 } = new MessageChannel();
    port1.on('message', onFinished);
    const desk = link?.openDesk();
    const task: WorkerTask = { ...shared, worker, port: port2, desk };
    try {
      await pool.run(task, { transferList: [port2, ...(desk ? [desk.port] : [])] });
    } catch (error) {
      onFailed(error, worker);
    } finally {
      port1.close();
    }
  };
  await Promise.all(Array.from({ length: shared.workers }, (_, worker) => run(worker)));
}
