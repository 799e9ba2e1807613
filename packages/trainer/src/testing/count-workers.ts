import { subscribe, unsubscribe } from 'node:diagnostics_channel';

// Node publishes every Worker that is created here.
const channel = 'worker_threads';

/** Runs `action` and counts the Workers created in this thread while it runs. */
export async function countWorkers<Value>(
  action: () => Promise<Value>,
): Promise<{ value: Value; workers: number }> {
  let workers = 0;
  const count = () => {
    workers++;
  };
  subscribe(channel, count);
  try {
    return { value: await action(), workers };
  } finally {
    unsubscribe(channel, count);
  }
}
