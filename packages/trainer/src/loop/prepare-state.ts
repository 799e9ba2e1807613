import { loadTrainingKernels } from '@convbook/core/node';
import type { Dataset, Sampling } from '@convbook/data';
import type { ResolvedModel } from '@convbook/layers';
import type { Ranks } from '@convbook/layers/plan';
import type { Configuration } from '@convbook/run';
import { createState } from '../engine/create-state.ts';
import { sizesOf, splitData } from '../engine/split-data.ts';
import type { SharedState, StartFacts } from '../engine/shared-state.ts';
import { timelineNumbers } from '../engine/observe/timeline-place.ts';
import { measureData } from '../engine/measured-data.ts';
import { planTraining } from '../engine/training-plan.ts';
import { fingerprintOf } from '../run/fingerprint.ts';
import { checkMemory, estimateMemory, memoryLimits } from './memory-estimate.ts';

/** What only some runs have. */
interface PreparedParts {
  /** How samples are drawn; default as runs of this version do. */
  readonly sampling?: Sampling | undefined;
  readonly start?: StartFacts | null;
  /** Which of the ranks this one is; default the only one. */
  readonly ranks?: Ranks | undefined;
}

/**
 * Plans a run and lays its memory out; parameters are still zero.
 *
 * @throws ConfigurationError when the memory there is does not hold it.
 */
export async function prepareState(
  model: ResolvedModel,
  data: Dataset,
  configuration: Configuration,
  workers: number,
  { sampling, start = null, ranks }: PreparedParts = {},
): Promise<SharedState> {
  const split = splitData(data, configuration, sampling);
  const plan = planTraining(model, configuration, {
    ...sizesOf(split),
    measured: measureData(split.train, data, configuration, start?.standardization),
    workers: Math.max(1, workers),
    ranks: ranks && { rank: ranks.rank, ranks: ranks.ranks },
  });
  checkMemory(estimateMemory(plan, data), memoryLimits());
  const kernels = await loadTrainingKernels();
  const fingerprint = fingerprintOf(model, data, configuration, start);
  const { sampleShape } = data;
  const parts = { plan, fingerprint, start, sampleShape, ...kernels, ...split };
  return createState(parts, 'shared', timelineNumbers(plan));
}
