// Where a step's time goes, call by call: clocks around the kernels, put there when the plan is
// linked once more for the steps that are timed. Around the others there is nothing.
import { trainingStages, type BatchPlan, type Call, type Kernel } from '@convbook/layers';
import { isSampled } from './sampled-steps.ts';
import type { SharedState } from './shared-state.ts';

/** Milliseconds by worker and part, in shared memory. */
export interface Profile {
  readonly parts: readonly Part[];
  /** `[worker][part]` */
  readonly milliseconds: Float64Array;
  /** Whether every step is timed, and not only the sampled ones. */
  readonly everyStep: boolean;
}

/** What is added up: all calls of one kernel for one layer in one direction. */
export interface Part {
  readonly layer: string;
  readonly direction: string;
  readonly kernel: string;
}

const gatherPart: Part = { layer: 'input', direction: 'forward', kernel: 'gather' };

/** An empty profile of the batches that `plan` describes. */
export function createProfile(plan: BatchPlan, workers: number, everyStep = false): Profile {
  const calls = [
    ...plan.shards.flatMap((shard) =>
      trainingStages(shard).flatMap((stage) => [...stage.calls, ...stage.batchCalls]),
    ),
    // After the layers' own, so that layers stand in their order.
    ...plan.prepare,
    ...plan.gradientItems.flatMap((item) => item.calls),
  ];
  const parts = new Map([gatherPart, ...calls.map(toPart)].map((part) => [nameOf(part), part]));
  const milliseconds = new Float64Array(new SharedArrayBuffer(8 * workers * parts.size));
  return { parts: [...parts.values()], milliseconds, everyStep };
}

/** Whether a step, from 1, is timed call by call: a sampled one with a batch of full size. */
export function isProfiled(
  { profile, plan }: Pick<SharedState, 'profile' | 'plan'>,
  step: number,
): boolean {
  if (!profile.everyStep && !isSampled('times', plan, step)) return false;
  return plan.full === plan.last || step % plan.batchesPerEpoch !== 0;
}

/** What a worker puts around what it calls. */
export interface Clock {
  aroundKernel(kernel: Kernel, call: Call): Kernel;
  timeGather(gather: () => void): void;
}

/** One that does not go. */
export const noClock: Clock = {
  aroundKernel: (kernel) => kernel,
  timeGather: (gather) => gather(),
};

/** The clock of a worker. */
export function createClock({ parts, milliseconds }: Profile, worker: number): Clock {
  const first = worker * parts.length;
  const slots = new Map(parts.map((part, i) => [nameOf(part), first + i]));
  const around = <Values extends number[], Result>(
    run: (...values: Values) => Result,
    part: Part,
  ) => {
    const slot = slots.get(nameOf(part));
    // A batch of another size may have calls that the profile does not know.
    if (slot === undefined) return run;
    return (...values: Values) => {
      const startedAt = performance.now();
      // eslint-disable-next-line convbook/no-long-spread -- As many as `run` has parameters.
      const result = run(...values);
      milliseconds[slot] += performance.now() - startedAt;
      return result;
    };
  };
  return {
    aroundKernel: (kernel, call) => around(kernel, toPart(call)),
    timeGather: (gather) => around(gather, gatherPart)(),
  };
}

function toPart({ kernel, role }: Call): Part {
  return { layer: role?.layer ?? '', direction: role?.direction ?? '', kernel };
}

function nameOf({ layer, direction, kernel }: Part): string {
  return `${layer} ${direction} ${kernel}`;
}
