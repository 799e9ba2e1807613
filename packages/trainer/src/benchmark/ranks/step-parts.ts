// The parts of a step by how they grow, from a measured profile of one worker.
import type { StepProfile } from '../profile-steps.ts';
import { sum } from '../run-slices.ts';

/** Seconds of one worker. */
export interface StepParts {
  /** Forward and backward of a lane. */
  readonly lane: number;
  /** The share of it that goes backward. */
  readonly backwardShare: number;
  /** Gradients made from the whole batch, a sample. */
  readonly wholeSample: number;
  /** Work on all parameters, whatever the batch: sums, norms, the update. */
  readonly parameters: number;
  /** The addition of two copies of all gradients that are made from the whole batch. */
  readonly addition: number;
  /** Ending phases and beginning steps, while all others wait. */
  readonly serial: number;
}

/** Adam reads parameters, gradients and two moments and writes three of them; an addition reads two and writes one. */
const additionPerUpdate = 3 / 7;

const shardPhases = ['forward', 'forward and backward', 'backward'];

/** The parts of a step that one worker was profiled in, of so many lanes. */
export function partsOf(
  { directions, phases, meanMilliseconds, batchSize }: StepProfile,
  lanes: number,
  wholeShare: number,
): StepParts {
  const times = phases.flat();
  const inPhases = (names: readonly string[]) =>
    sum(times.filter(({ phase }) => names.includes(phase)).map(({ running }) => running));
  const inDirections = (isOne: (direction: string) => boolean) =>
    sum(directions.filter(({ direction }) => isOne(direction)).map((one) => one.milliseconds));
  const sums = inDirections((direction) => direction === 'sum');
  const gradients = inDirections((direction) => direction.endsWith('gradient'));
  const shards = inPhases(shardPhases);
  const whole = Math.max(0, inPhases(['sum over shards']) - sums);
  const update = inPhases(['update']);
  const running = sum(times.map((time) => time.running));
  return {
    lane: shards / lanes / 1000,
    backwardShare: Math.min(1, Math.max(0, gradients - whole) / shards),
    wholeSample: whole / batchSize / 1000,
    parameters: (sums + update + inPhases(['prepare'])) / 1000,
    addition: (update * wholeShare * additionPerUpdate) / 1000,
    serial: Math.max(0, meanMilliseconds - running) / 1000,
  };
}
