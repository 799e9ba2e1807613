import { expect, test } from 'vitest';
import { phaseNames } from '../phase-names.ts';
import { addPhaseTime, readPhaseTimes, workerTimesNumbers } from './worker-times.ts';

test('every phase of every worker has its own numbers', () => {
  const times = new Float64Array(2 * workerTimesNumbers);
  const spent = [0, 1].map((worker) =>
    phaseNames.map((phase, i) => ({
      phase,
      running: 100 * worker + i + 1,
      ending: i + 0.25,
      waiting: i + 0.5,
    })),
  );
  spent.forEach((phases, worker) =>
    phases.forEach((time) => addPhaseTime(times.subarray(worker * workerTimesNumbers), time)),
  );
  expect([readPhaseTimes(times, 0), readPhaseTimes(times, 1)]).toEqual(spent);
});
