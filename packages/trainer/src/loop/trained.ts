import type { RunContext } from './run-context.ts';

/** The training steps of an epoch in this process. */
export interface Trained {
  readonly seconds: number;
  readonly samples: number;
}

/** Samples that batches `from` to `to` of an epoch have. */
export function samplesOf({ state }: RunContext, from: number, to: number): number {
  const { plan } = state;
  const all = (batch: number) => Math.min(batch * plan.configuration.batchSize, plan.trainSamples);
  return all(to) - all(from);
}
