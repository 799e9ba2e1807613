// A training step as phases, and an evaluation as one.
import type { Ranks } from '@convbook/layers/plan';
import { mapSets, setNamed } from '../evaluated-sets.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { createLocalExchange } from '../exchange/local-exchange.ts';
import { createClock } from '../observe/clock.ts';
import { createLinker, type LinkedBatch } from '../linked-batch.ts';
import { isProfiled } from '../observe/profile.ts';
import type { SharedState } from '../shared-state.ts';
import { batchPlanAt } from '../training-plan.ts';
import { createEvaluationPhase } from './evaluation-phase.ts';
import { createGradientPhase } from './gradient-phase.ts';
import { createNodePhases } from './node-phases.ts';
import { createPhaseContext, type PhaseContext } from './phase-context.ts';
import type { Phase, Phases } from './phase.ts';
import { createPreparePhases } from './prepare-phase.ts';
import { createShardPhases } from './shard-phases.ts';
import { createTrustPhases } from './trust-phase.ts';
import { createUpdatePhase } from './update-phase.ts';

/** The phases as worker `worker` runs them, with its own arena. Links the plan once. */
export function createPhases(
  state: SharedState,
  worker: number,
  exchange: Exchange = createLocalExchange(),
): Phases {
  const { plan, profile } = state;
  checkRanks(plan.ranks, exchange);
  const context = createPhaseContext(state, worker, exchange);
  const link = createLinker(context.kernels, context.bases);
  const last = stepPhases(context, link.batch(plan.last));
  const full = plan.full === plan.last ? last : stepPhases(context, link.batch(plan.full));
  let timed: readonly Phase[] | null = null;
  const timedPhases = () =>
    (timed ??= stepPhases(context, link.batch(plan.full, createClock(profile, worker))));
  const evaluation = mapSets(plan.evaluation, (_, set) =>
    createEvaluationPhase(context, link, set),
  );
  return {
    step(batch) {
      context.running.batch = batch;
      if (isProfiled(state, context.position.stepOf(batch))) return timedPhases();
      return batchPlanAt(plan, batch) === plan.last ? last : full;
    },
    evaluation: (set) => setNamed(evaluation, set),
  };
}

function checkRanks(planned: Ranks, { rank, ranks }: Ranks): void {
  if (planned.rank === rank && planned.ranks === ranks) return;
  const name = (of: Ranks) => `rank ${of.rank} of ${of.ranks}`;
  throw new Error(
    `engine: expected a plan for ${name({ rank, ranks })}, got one for ${name(planned)}; ` +
      'give prepareState the ranks of the link',
  );
}

function stepPhases(context: PhaseContext, linked: LinkedBatch): readonly Phase[] {
  return [
    ...createPreparePhases(linked),
    ...createShardPhases(context, linked),
    ...createNodePhases(context, linked),
    createGradientPhase(context, linked),
    ...createTrustPhases(context),
    createUpdatePhase(context),
  ];
}
