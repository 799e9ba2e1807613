// Penalties on weights join their gradient before its norm is taken: l1 · sign(w) + l2 · w, the
// gradients of l1 · Σ|w| and of l2 / 2 · Σw². Only weights of at least two axes have them, biases and
// normalisation none. The loss that is logged is that of the data alone.
import type { BatchPlan } from './batch-plan.ts';
import type { GradientItem } from '../calls/gradient-item.ts';
import { call, type Call, type Place } from '../calls/place.ts';
import type { ResolvedModel } from '../calls/resolved.ts';

export interface Penalties {
  readonly l1: number;
  readonly l2: number;
}

/** The plan with the penalties in it; where both are 0, the plan as it is. */
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
    const last = item.calls.at(-1) as Call;
    return { ...item, calls: [...item.calls.slice(0, -1), penalize(last, l1, l2), last] };
  };
  return { ...plan, gradientItems: plan.gradientItems.map(penalized) };
}

// Parameters and the first copy of their gradients lie at the same offsets of their regions.
function penalize({ values }: Call, l1: number, l2: number): Call {
  const [gradient, stride, rows, columns] = values;
  const weight: Place = { region: 'parameters', offset: (gradient as Place).offset };
  return call('penalize', gradient, weight, stride, rows, columns, l1, l2);
}
