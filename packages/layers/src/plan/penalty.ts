// Penalties on weights join their gradient before its norm is taken: l1 · sign(w) + l2 · w, the
// gradients of l1 · Σ|w| and of l2 / 2 · Σw². Only weights of at least two axes have them, not
// biases or normalization. The logged loss is that of the data alone.
import type { BatchPlan } from './batch-plan.ts';
import { call, type Call } from '../calls/call.ts';
import type { GradientItem, GradientPart } from '../calls/gradient-item.ts';
import type { Place } from '../calls/place.ts';
import type { ResolvedModel } from '../calls/resolved.ts';

/** Factors of the L1 and L2 penalties on weights; 0 is none. */
export interface Penalties {
  readonly l1: number;
  readonly l2: number;
}

/** The plan with the penalties; where both are 0, the plan itself. */
export function addPenalties(
  plan: BatchPlan,
  model: ResolvedModel,
  { l1, l2 }: Penalties,
): BatchPlan {
  if (l1 === 0 && l2 === 0) return plan;
  const weights = new Set(
    model.parameters.filter(({ shape, bias }) => shape.length > 1 && !bias).map(({ name }) => name),
  );
  const penalized = (item: GradientItem): GradientItem => {
    if (!weights.has(item.parameter)) return item;
    // The last call sums the squares.
    return { ...item, calls: item.calls.toSpliced(-1, 0, penalize(item.gradient, l1, l2)) };
  };
  return { ...plan, gradientItems: plan.gradientItems.map(penalized) };
}

// Parameters and the first copy of their gradients lie at the same offsets of their regions.
function penalize({ place, rowStride, rows, columns }: GradientPart, l1: number, l2: number): Call {
  const weights: Place = { region: 'parameters', offset: place.offset };
  return call('penalize', { gradient: place, weights, rowStride, rows, columns, l1, l2 });
}
