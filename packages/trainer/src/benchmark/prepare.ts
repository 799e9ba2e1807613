// Every measurement starts from a state as `train` makes it, with an order of the samples.
import type { Dataset } from '@convbook/data';
import { resolveModel, type ModelSpec } from '@convbook/layers';
import { weightsOutweighMaps, type Ranks } from '@convbook/layers/plan';
import { adam, constantRate } from '@convbook/run';
import { orderSamples } from '../engine/order-samples.ts';
import type { SharedState } from '../engine/shared-state.ts';
import { optimizerKinds } from '../optimizers/registry.ts';
import { initializeState } from '../run/parameters.ts';
import { prepareState } from '../loop/prepare-state.ts';
import { toConfiguration } from '../settings/configuration.ts';
import { checkFit } from '../settings/fit.ts';

/** The steps that are measured: those of Adam, as the peers in `test/peers` run it. */
export interface MeasuredModel {
  readonly model: ModelSpec;
  readonly data: Dataset;
  readonly workers: number;
  readonly batchSize: number;
  readonly shardSize?: number | undefined;
  /** Which of the ranks trains; default the only one. */
  readonly ranks?: Ranks | undefined;
}

/** A state before its first step. */
export async function prepareBenchmark(measured: MeasuredModel): Promise<SharedState> {
  const { data, workers, batchSize, shardSize, ranks } = measured;
  const model = resolveModel(measured.model);
  checkFit(model, data);
  const settings = { batchSize, shardSize, optimizer: adam(), schedule: constantRate() };
  const configuration = toConfiguration({ ...settings, learningRate: 0.001 }, data.train.count, {
    weightsOutweighMaps: weightsOutweighMaps(model),
  });
  const state = await prepareState(model, data, configuration, workers, { ranks });
  await initializeState(state, optimizerKinds.adam.initialScalars);
  orderSamples(state, 1);
  return state;
}
