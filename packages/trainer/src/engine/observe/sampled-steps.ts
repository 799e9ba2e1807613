// Steps that are looked at more closely than the others. Which these are depends on the configuration
// alone: what is measured there must be the same for any number of workers, and after a resume.
import type { TrainingPlan } from '../training-plan.ts';

type Steps = Pick<TrainingPlan, 'steps' | 'batchesPerEpoch'>;

/** Most regular samples of a run, and fewest steps between two: a sample costs up to a tenth of a step. */
const mostSamples = { layers: 200, times: 40 };
const leastDistance = { layers: 20, times: 10 };
/** A step that measures norms takes longer: the step before such a one is timed. */
const ahead = { layers: 0, times: 1 };

/** The norms of layers are sampled, or where the time goes. */
export type Sampled = keyof typeof mostSamples;

/** Steps between two samples. */
function distanceOf(sampled: Sampled, { steps }: Steps): number {
  return Math.max(leastDistance[sampled], Math.ceil(steps / mostSamples[sampled]));
}

/** Whether a step, from 1, is sampled; norms also at the first step and at the end of each epoch. */
export function isSampled(sampled: Sampled, plan: Steps, step: number): boolean {
  if ((step + ahead[sampled]) % distanceOf(sampled, plan) === 0) return true;
  return sampled === 'layers' && (step === 1 || step % plan.batchesPerEpoch === 0);
}

/** Samples that an epoch has at most. */
export function slotsOf(sampled: Sampled, plan: Steps): number {
  return Math.ceil(plan.batchesPerEpoch / distanceOf(sampled, plan)) + 2;
}

/** Which of its epoch's slots a sampled step has, each another. */
export function slotAt(sampled: Sampled, plan: Steps, step: number): number {
  const { batchesPerEpoch } = plan;
  if (step % batchesPerEpoch === 0) return slotsOf(sampled, plan) - 1;
  const distance = distanceOf(sampled, plan);
  const at = step + ahead[sampled];
  const fromFirst = (step - 1) % batchesPerEpoch;
  return Math.floor(at / distance) - Math.floor((at - fromFirst) / distance);
}
