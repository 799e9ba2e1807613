// How long each worker worked and waited, in milliseconds, added up in shared memory: three numbers
// a phase. Two clock readings a phase cost nothing beside it.
import { phaseNames, type PhaseName } from '../phase-names.ts';

const numbersPerPhase = 3;

/** Float64 numbers of one worker: whole cache lines, so that no two workers share one. */
export const workerTimesNumbers = 8 * Math.ceil((phaseNames.length * numbersPerPhase) / 8);

/** Milliseconds of one worker in one phase. */
export interface PhaseTime {
  readonly phase: PhaseName;
  /** In items. */
  readonly running: number;
  /** Ending the phase for all. */
  readonly ending: number;
  /** For the others to end, or for other ranks. */
  readonly waiting: number;
}

/** Adds to a worker's numbers. */
export function addPhaseTime(times: Float64Array, { phase, ...spent }: PhaseTime): void {
  const at = phaseNames.indexOf(phase) * numbersPerPhase;
  times[at] += spent.running;
  times[at + 1] += spent.ending;
  times[at + 2] += spent.waiting;
}

/** The times of one worker, phase by phase. */
export function readPhaseTimes(times: Float64Array, worker: number): PhaseTime[] {
  return phaseNames.map((phase, i) => {
    const at = worker * workerTimesNumbers + i * numbersPerPhase;
    const [running, ending, waiting] = times.subarray(at, at + numbersPerPhase);
    return { phase, running, ending, waiting };
  });
}
