// How much the notebook computes. Multiply-adds decide, never a clock, so that it is always the same;
// measured on two cores of an AMD EPYC the kernels do 6 to 14 thousand million a second.
import type { ResolvedModel } from '@convbook/layers';

/** Most multiply-adds of all forward passes of one part of a notebook. */
const most = 1e10;

/** How many samples may go through a model, from `least` to `wanted`; 0 where even those are too many. */
export function affordable(model: ResolvedModel, least: number, wanted: number): number {
  const each = model.layers.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0);
  const count = Math.floor(most / Math.max(1, each));
  return count < least ? 0 : Math.min(count, wanted);
}
