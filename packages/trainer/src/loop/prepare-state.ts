import { loadKernelModule } from '@convbook/core/node';
import { limitAndHoldOut } from '@convbook/data/training';
import type { Dataset } from '@convbook/data';
import type { ResolvedModel } from '@convbook/layers';
import type { Configuration } from '@convbook/run';
import { createState } from '../engine/create-state.ts';
import type { SharedState } from '../engine/shared-state.ts';
import { timelineNumbers } from '../engine/observe/timeline-place.ts';
import { measureData } from '../engine/measured-data.ts';
import { planTraining } from '../engine/training-plan.ts';
import { checkMemory, estimateMemory, memoryLimits } from './memory-estimate.ts';

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
): Promise<SharedState> {
  const { train, validation } = limitAndHoldOut(data.train, configuration);
  const plan = planTraining(model, configuration, {
    trainSamples: train.count,
    testSamples: data.test.count,
    validationSamples: validation.count,
    measured: measureData(train, data, configuration),
    workers: Math.max(1, workers),
  });
  checkMemory(estimateMemory(plan, data), memoryLimits());
  const evaluated = { test: data.test, validation: validation.count > 0 ? validation : null };
  const module = await loadKernelModule('shared');
  const parts = { plan, module, train, sampleShape: data.sampleShape, evaluated };
  return createState(parts, 'shared', timelineNumbers(plan));
}
