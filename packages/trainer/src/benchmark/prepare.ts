// What every measurement starts from: a state as `train` makes it, and an order of the samples.
import { shuffle } from '@convbook/core';
import type { Dataset } from '@convbook/data';
import { resolveModel, type ModelSpec } from '@convbook/layers';
import { checkFit, toConfiguration } from '../configuration.ts';
import type { SharedState } from '../engine/shared-state.ts';
import { optimizerKinds } from '../optimizer.ts';
import { initializeState } from '../run/parameters.ts';
import { prepareState } from '../loop/session.ts';

/** What is measured: steps of Adam, as the peers in `scripts/peers` run it. */
export interface MeasuredModel {
  readonly model: ModelSpec;
  readonly data: Dataset;
  readonly workers: number;
  readonly batchSize: number;
  readonly shardSize?: number | undefined;
}

/** A state before its first step. */
export async function prepareBenchmark(measured: MeasuredModel): Promise<SharedState> {
  const { data, workers, batchSize, shardSize } = measured;
  const model = resolveModel(measured.model);
  checkFit(model, data);
  const settings = { batchSize, shardSize, optimizer: 'adam', schedule: 'constant' };
  const configuration = toConfiguration({ ...settings, learningRate: 0.001 }, data.train.count);
  const state = await prepareState(model, data, configuration, workers);
  await initializeState(state, optimizerKinds.adam.initialScalars);
  state.order.set(shuffle(1, 1, state.plan.trainSamples));
  return state;
}
