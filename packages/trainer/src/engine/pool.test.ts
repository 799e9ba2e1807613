import { expect, test } from 'vitest';
import { countWorkers } from '../testing/count-workers.ts';
import { startWorkers } from './pool.ts';

test('started workers are there before they are taken, and taken once, by so many threads', async () => {
  const { value: started, workers } = await countWorkers(() => Promise.resolve(startWorkers(2)));
  expect(workers).toBe(2);
  expect(started.take(3)).toBeUndefined();
  const pool = started.take(2);
  expect(pool?.threads).toHaveLength(2);
  expect(started.take(2)).toBeUndefined();
  await pool?.destroy();
  await started.close();
});

test('none are started for the calling thread', async () => {
  const { value: started, workers } = await countWorkers(() => Promise.resolve(startWorkers(0)));
  expect(workers).toBe(0);
  expect(started.take(0)).toBeUndefined();
});

test('threads that are still loading are not ended before they have: Node would abort', async () => {
  let loaded = 0;
  for (let round = 0; round < 3; round++) {
    const pool = startWorkers(2).take(2);
    pool?.threads.forEach((thread) => thread.once('message', () => loaded++));
    await pool?.destroy();
  }
  expect(loaded).toBe(6);
});
