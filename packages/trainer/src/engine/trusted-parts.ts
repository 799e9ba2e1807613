// How an optimizer with trust ratios treats each parameter: weights of at least two axes have a ratio and
// decay; biases and normalization have neither, as in the authors' own programs.
import type { Optimizer } from '@convbook/run';
import { segmentsOf } from './observe/norm-layout.ts';
import type { TrainingPlan } from './training-plan.ts';

/** The part of an update item that belongs to one parameter. */
export interface TrustedPart {
  readonly item: number;
  /** Floats of the parameters. */
  readonly from: number;
  readonly to: number;
  /** Its place among the layout's parameters. */
  readonly parameter: number;
  readonly hasRatio: boolean;
  /** The optimizer's, without decay where there is no ratio. */
  readonly settings: Optimizer;
}

/** The parts of all update items. */
export function trustedParts(plan: TrainingPlan): TrustedPart[] {
  const { optimizer } = plan.configuration;
  const weights = new Set(
    plan.model.parameters
      .filter(({ shape, bias }) => shape.length > 1 && !bias)
      .map(({ name }) => name),
  );
  return segmentsOf(plan).map(({ item, from, to, parameter }) => {
    const hasRatio = weights.has(plan.layout.parameters[parameter].name);
    const settings = hasRatio ? optimizer : { ...optimizer, weightDecay: 0 };
    return { item, from, to, parameter, hasRatio, settings };
  });
}
