import { ConfigurationError } from '@convbook/core';
import { checkObject, checkOptionNames, showValue } from '@convbook/core/checks';
import { checkDataset } from '@convbook/data/images';
import { resolveModel, toCheckedModel } from '@convbook/layers';
import type { Configuration } from '@convbook/run/settings';
import { createState } from '../engine/create-state.ts';
import { drawParameters } from '../engine/parameters.ts';
import { sizesOf, splitData } from '../engine/split-data.ts';
import type { SharedState } from '../engine/shared-state.ts';
import { measureData } from '../engine/measured-data.ts';
import { planTraining } from '../engine/training-plan.ts';
import { optimizerKinds } from '../optimizers/registry.ts';
import { plateauOf } from '../schedule.ts';
import { dataConfiguration } from '../settings/data-configuration.ts';
import { checkFit, checkSettingsFit } from '../settings/fit.ts';
import { trainingNames } from '../settings/setting-names.ts';
import type { TrainerOptions } from './trainer-options.ts';

const trainerNames = {
  model: true,
  data: true,
  module: true,
  settings: true,
} as const satisfies Record<keyof TrainerOptions, true>;

/** The state before the first step, in plain memory; made in parts of a few milliseconds. */
export function* createPlainState(options: TrainerOptions): Generator<void, SharedState> {
  checkObject('createTrainer', options, 'createTrainer({ model, data, module })');
  checkOptionNames('createTrainer', options, trainerNames);
  const { data, module, settings = {} } = options;
  checkObject('createTrainer settings', settings, '{ epochs: 1 }');
  checkOptionNames('createTrainer settings', settings, trainingNames);
  if (!(module instanceof WebAssembly.Module)) {
    throw new ConfigurationError(
      `createTrainer module: expected a WebAssembly.Module, got ${showValue(module)}; ` +
        "take await loadKernelModule('plain')",
    );
  }
  checkDataset(data, 'any');
  const model = resolveModel(toCheckedModel(options.model));
  checkFit(model, data);
  const configuration = dataConfiguration(settings, model, data);
  checkSettingsFit(configuration, model, data);
  checkNothingWatches(configuration);
  const split = splitData(data, configuration);
  const plan = planTraining(model, configuration, {
    ...sizesOf(split),
    measured: measureData(split.train, data, configuration),
    workers: 1,
  });
  const { sampleShape } = data;
  const whyNarrow = 'one thread has the kernels for plain memory';
  const state = createState({ plan, module, whyNarrow, sampleShape, ...split }, 'plain');
  yield* drawParameters(state);
  const { optimizer } = state.plan.configuration;
  state.statistics.optimizer.set(optimizerKinds[optimizer.name].initialScalars);
  return state;
}

// The caller says when to evaluate and when to end: nothing here follows the validation loss.
function checkNothingWatches({ patience, schedule }: Configuration): void {
  if (patience === null && plateauOf(schedule) === null) return;
  const got = patience === null ? 'schedule plateau' : `patience ${patience}`;
  throw new ConfigurationError(
    `trainer: expected settings that do not follow the validation loss, got ${got}; leave it out`,
  );
}
