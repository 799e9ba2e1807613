import type { ResolvedModel } from '@convbook/layers';
import { weightsOutweighMaps } from '@convbook/layers/plan';
import type { Configuration, TrainingSettings } from '@convbook/run/settings';
import { toConfiguration } from './configuration.ts';
import { withDefaults } from './recipes.ts';

/** The data set of a run, as far as defaults follow from it. */
interface TrainedData {
  readonly sampleShape: readonly [number, number, number];
  readonly train: { readonly count: number };
}

/**
 * Fills every default for a model and a data set.
 *
 * @throws ConfigurationError for the first setting that does not fit.
 */
export function dataConfiguration(
  settings: TrainingSettings,
  model: ResolvedModel,
  data: TrainedData,
): Configuration {
  return configure(settings, model.name, data, weightsOutweighMaps(model));
}

function configure(
  settings: TrainingSettings,
  model: string,
  { sampleShape: [channels, height, width], train: { count } }: TrainedData,
  weightsOutweighMaps: boolean,
): Configuration {
  const { limit, validation = 0 } = settings;
  const samples = Math.max(1, (limit ?? count) - validation);
  const given = withDefaults(settings, model, { samples, height, width });
  return toConfiguration(given, count, { channels, weightsOutweighMaps });
}

/**
 * Refuses settings that fit no data set, before one is read.
 *
 * @throws ConfigurationError for the first setting that does not fit.
 */
export function checkSettings(settings: TrainingSettings, model = ''): void {
  const any = { sampleShape: [3, 64, 64], train: { count: Number.MAX_SAFE_INTEGER } } as const;
  configure(settings, model, any, false);
}
