// Before their update LAMB and LARS need the direction of each weight, its length, and that of the weight.
// Sums of squares in float64, added as a tree by place, so the same bits for any workers.
import type { Optimizer } from '@convbook/run';
import type { TrustRatio } from '../../optimizers/optimizer-kind.ts';
import { optimizerKinds } from '../../optimizers/registry.ts';
import { treeSum } from '../tree-sum.ts';
import { trustedParts, type TrustedPart } from '../trusted-parts.ts';
import { endingWith, type Phase } from './phase.ts';
import type { PhaseContext } from './phase-context.ts';
import { clip, updateRange } from './update-range.ts';

/** Finds the trust ratios, an item a range of the parameters; no phase where the optimizer has none. */
export function createTrustPhases(context: PhaseContext): Phase[] {
  const { plan } = context.state;
  const { trust } = optimizerKinds[plan.configuration.optimizer.name];
  if (!trust) return [];
  const parts = trustedParts(plan);
  return [
    {
      name: 'trust ratios',
      items: plan.updateItems.length,
      early: null,
      run(item) {
        parts.forEach((part, at) => {
          if (part.item === item) measure(context, trust, part, at);
        });
      },
      ...endingWith([], () => endRatios(context, trust, parts)),
    },
  ];
}

/** Directs a part and leaves the squares of its weights and its direction. */
function measure(
  context: PhaseContext,
  trust: TrustRatio<Optimizer>,
  { from, to, hasRatio, settings }: TrustedPart,
  at: number,
): void {
  const { state, kernels, bases, view } = context;
  const { optimizer, trustSquares } = state.statistics;
  const range = updateRange(context, from, to);
  clip(context, range);
  trust.direct(kernels, settings, optimizer, range);
  if (!hasRatio) return;
  for (const [which, values] of [range.parameters, range.gradients].entries()) {
    kernels.sumSquares(bases.arena, values, 0, 1, to - from);
    trustSquares[2 * at + which] = view.getFloat64(bases.arena, true);
  }
}

function endRatios(
  { state }: PhaseContext,
  trust: TrustRatio<Optimizer>,
  parts: readonly TrustedPart[],
): void {
  const { trustSquares, trustRatios } = state.statistics;
  const squares = new Map<number, [weights: number[], directions: number[]]>();
  parts.forEach(({ parameter, hasRatio }, at) => {
    if (!hasRatio) return;
    const [weights, directions] = squares.get(parameter) ?? [[], []];
    weights.push(trustSquares[2 * at]);
    directions.push(trustSquares[2 * at + 1]);
    squares.set(parameter, [weights, directions]);
  });
  const normOf = (values: readonly number[]) => Math.sqrt(treeSum(values, values.length));
  for (const [parameter, [weights, directions]] of squares) {
    const { optimizer } = state.plan.configuration;
    trustRatios[parameter] = trust.ratio(optimizer, normOf(weights), normOf(directions));
  }
}
