// Clocks around the kernels, put there when the plan is linked once more for the steps that are timed.
// Around the calls of other steps there is nothing.
import type { Call, Kernel } from '@convbook/layers/plan';
import { gatherPart, nameOf, toPart, type Part, type Profile } from './profile.ts';

/** Put around the calls of a worker. */
export interface Clock {
  aroundKernel(kernel: Kernel, call: Call): Kernel;
  timeGather(gather: () => void): void;
}

/** Records nothing. */
export const noClock: Clock = {
  aroundKernel: (kernel) => kernel,
  timeGather: (gather) => gather(),
};

/** A clock that adds to the numbers of one worker. */
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
