import { formatShape } from '@convbook/core';
import { presetFor, presets, type ModelSpec } from '@convbook/layers';
import { fitOf } from './choose.ts';

/** What a model must fit: the shape of a sample, and the classes. */
export interface FittedData {
  readonly sampleShape: readonly number[];
  readonly classNames: readonly string[];
}

/**
 * The model for a data set: a preset is built for the data, and says so where that is another model; a
 * model from a file stays.
 *
 * @param name As given to --model.
 * @throws ConfigurationError where the preset cannot be built for such small images.
 */
export function fitModel(
  name: string,
  model: ModelSpec,
  { sampleShape, classNames }: FittedData,
  tell: (line: string) => void,
): ModelSpec {
  const fit = fitOf(model);
  const classes = classNames.length;
  const fits = fit.sampleShape.join() === sampleShape.join() && fit.classes === classes;
  if (fits || !Object.hasOwn(presets, name)) return model;
  const built = presetFor(name, { input: sampleShape, classes });
  tell(`${name} is built for samples of ${formatShape(sampleShape)} and ${classes} classes`);
  return built;
}
