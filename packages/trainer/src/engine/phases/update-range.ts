import { addressAfter } from '@convbook/core/kernels';
import type { UpdateRange } from '../../optimizers/optimizer-kind.ts';
import type { PhaseContext } from './phase-context.ts';

/** The addresses of the parameters from float `from` to `to`. */
export function updateRange({ state, bases }: PhaseContext, from: number, to: number): UpdateRange {
  return {
    parameters: addressAfter(bases.parameters, from * 4),
    gradients: addressAfter(bases.gradients, from * 4),
    states: state.plan.map.states.map((start) => addressAfter(start, from * 4)),
    vectors: (to - from) / 4,
  };
}

/** Shortens the gradients of a range to the norm that clipping allows. */
export function clip({ state, kernels }: PhaseContext, { gradients, vectors }: UpdateRange): void {
  const [factor] = state.statistics.gradientScale;
  if (factor !== 1) kernels.scale(gradients, vectors, factor);
}
