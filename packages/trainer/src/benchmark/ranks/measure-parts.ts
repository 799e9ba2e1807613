import { prepareBenchmark, type MeasuredModel } from '../prepare.ts';
import { profileSteps } from '../profile-steps.ts';
import { sum } from '../run-slices.ts';
import type { MeasuredStep } from './projection.ts';
import { partsOf } from './step-parts.ts';
import { sizesOf } from './traffic.ts';

/** The parts of a step with the profile’s model and time. */
export interface ProfiledStep extends MeasuredStep {
  readonly model: string;
  /** Milliseconds of a step on one worker. */
  readonly millisecondsPerStep: number;
}

/** The sizes and the parts of a model's step, from a profile of one worker that trains for so many seconds. */
export async function measureParts(
  measured: Omit<MeasuredModel, 'workers'>,
  seconds: number,
): Promise<ProfiledStep> {
  const alone = { ...measured, workers: 1 };
  const { plan } = await prepareBenchmark(alone);
  const sizes = sizesOf(plan);
  const profile = await profileSteps(alone, seconds);
  const lanes = sum(plan.full.shards.map((shard) => shard.lanes));
  const wholeShare = sizes.wholeBytes / (sizes.wholeBytes + sizes.shardedBytes);
  const parts = partsOf(profile, lanes, wholeShare);
  const { model, millisecondsPerStep } = profile;
  return { model, millisecondsPerStep, parts, sizes };
}
