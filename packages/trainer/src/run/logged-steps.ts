import { readMetrics } from '@convbook/run/writing';
import { createGiveWay } from '../engine/give-way.ts';

/**
 * How many steps the first `sizeBytes` of a `metrics.ndjson` have.
 *
 * @throws RunDirectoryError when these are not whole lines of one event each.
 */
export async function countSteps(file: string, sizeBytes: number): Promise<number> {
  const giveWay = createGiveWay();
  let steps = 0;
  for (const events of readMetrics(file, sizeBytes)) {
    steps += events.filter(({ event }) => event === 'step').length;
    await giveWay();
  }
  return steps;
}
