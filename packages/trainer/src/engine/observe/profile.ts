// Where a step's time goes, call by call, added up in shared memory.
import { trainingStages, type Call } from '@convbook/layers/plan';
import { isSampled } from './sampled-steps.ts';
import type { TrainingBatch, TrainingPlan } from '../training-plan.ts';

/** Milliseconds by worker and part, in shared memory. */
export interface Profile {
  readonly parts: readonly Part[];
  /** `[worker][part]` */
  readonly milliseconds: Float64Array;
  /** Whether every step is timed, and not only the sampled ones. */
  readonly everyStep: boolean;
}

/** Times are added up over all calls of one kernel for one layer in one direction. */
export interface Part {
  readonly layer: string;
  readonly direction: string;
  readonly kernel: string;
}

/** The reading of images. */
export const gatherPart: Part = { layer: 'input', direction: 'forward', kernel: 'gather' };

/** An empty profile of the batches that `plan` describes. */
export function createProfile(
  plan: TrainingBatch,
  workers: number,
  doubles: (count: number) => Float64Array,
  everyStep = false,
): Profile {
  const calls = [
    ...plan.shards.flatMap((shard) =>
      trainingStages(shard).flatMap((stage) => [...stage.calls, ...stage.batchCalls]),
    ),
    // After the layers' own, so that layers stand in their order.
    ...plan.prepare,
    ...plan.gradientItems.flatMap((item) => item.calls),
    ...(plan.exchange?.nodeItems.flat().filter(({ role }) => role) ?? []),
  ];
  const parts = new Map([gatherPart, ...calls.map(toPart)].map((part) => [nameOf(part), part]));
  return { parts: [...parts.values()], milliseconds: doubles(workers * parts.size), everyStep };
}

/** Whether a step, from 1, is timed call by call: a sampled one with a batch of full size. */
export function isProfiled(
  { profile, plan }: { readonly profile: Profile; readonly plan: TrainingPlan },
  step: number,
): boolean {
  if (!profile.everyStep && !isSampled('times', plan, step)) return false;
  return plan.full === plan.last || step % plan.batchesPerEpoch !== 0;
}

/** The part that a call belongs to. */
export function toPart({ kernel, role }: Call): Part {
  return { layer: role?.layer ?? '', direction: role?.direction ?? '', kernel };
}

/** Tells parts apart. */
export function nameOf({ layer, direction, kernel }: Part): string {
  return `${layer} ${direction} ${kernel}`;
}
