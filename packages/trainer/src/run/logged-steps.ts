import type { RunRecord } from '@convbook/run';
import { checkFingerprint, readMetrics } from '@convbook/run/writing';
import { createGiveWay } from '../engine/give-way.ts';

/**
 * How many steps the first `sizeBytes` of the `metrics.ndjson` of a run have.
 *
 * @throws RunDirectoryError when these are not whole lines of one event each, or of another run.
 */
export async function countSteps(
  file: string,
  sizeBytes: number,
  run: Pick<RunRecord, 'fingerprint'>,
): Promise<number> {
  const giveWay = createGiveWay();
  let steps = 0;
  for (const events of readMetrics(file, sizeBytes)) {
    for (const event of events) {
      if (event.event === 'start') checkFingerprint(event.fingerprint, run, file);
    }
    steps += events.filter(({ event }) => event === 'step').length;
    await giveWay();
  }
  return steps;
}
