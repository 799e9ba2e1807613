// Whether model, data, loss and augmentation fit together.
import { ConfigurationError, elementCount } from '@convbook/core';
import type { LayerSpec, LossSpec, ResolvedModel } from '@convbook/layers';
import { lossKinds } from '@convbook/layers/kinds';
import type { AugmentationSettings, Configuration } from '@convbook/run/settings';

/** @throws ConfigurationError when samples or classes of the data do not fit the model. */
export function checkFit(
  model: ResolvedModel,
  data: { name: string; sampleShape: readonly number[]; classNames: readonly string[] },
): void {
  // A model of vectors takes images flattened.
  const same =
    model.input.join() === data.sampleShape.join() ||
    (model.input.length === 1 && model.input[0] === elementCount(data.sampleShape));
  const classes = data.classNames.length;
  if (!same || model.output.length !== 1 || model.output[0] !== classes) {
    const units = same ? `end the model with ${classes} units, or ` : '';
    throw new ConfigurationError(
      `model ${model.name}: takes [${model.input.join(', ')}] and gives ` +
        `[${model.output.join(', ')}], got data ${data.name} with samples ` +
        `[${data.sampleShape.join(', ')}] and ${classes} classes; ` +
        `${units}choose another --model or --data`,
    );
  }
}

/** @throws ConfigurationError when settings do not fit the model, the images or each other. */
export function checkSettingsFit(
  configuration: Configuration,
  model: ResolvedModel,
  { sampleShape }: { sampleShape: readonly [number, number, number] },
): void {
  checkLossFits(configuration.loss, model);
  checkWeightsFit(configuration);
  checkAugmentFits(configuration.augment, sampleShape);
}

/** The layer that a loss contains, where it contains one. */
const contained: Partial<Record<LossSpec['name'], LayerSpec['kind']>> = {
  'softmax-cross-entropy': 'softmax',
  'binary-cross-entropy': 'sigmoid',
};

/** @throws ConfigurationError when the model ends with what the loss contains: it would be done twice. */
export function checkLossFits({ name }: LossSpec, { layers }: ResolvedModel): void {
  const last = layers[layers.length - 1];
  if (last.spec.kind !== contained[name]) return;
  throw new ConfigurationError(
    `loss ${name}: expected a model without ${last.spec.kind} at its end, which the loss contains, ` +
      `got ${last.name}; leave the last ${last.spec.kind}() out, or choose another --loss`,
  );
}

/** @throws ConfigurationError when classes are to be weighed in a loss that does not do so. */
export function checkWeightsFit({
  loss,
  classWeights,
}: Pick<Configuration, 'loss' | 'classWeights'>): void {
  if (classWeights === null || lossKinds[loss.name].takesClassWeights) return;
  const taking = Object.values(lossKinds).filter((kind) => kind.takesClassWeights);
  const names = taking.map(({ defaults }) => defaults.name).join(' or ');
  throw new ConfigurationError(
    `classWeights: expected loss ${names}, which can weigh classes, got ${loss.name}; ` +
      'leave the weights out, or choose another --loss',
  );
}

/** @throws ConfigurationError when images of the shape cannot be varied so. */
export function checkAugmentFits(
  augment: AugmentationSettings | null,
  [channels, height, width]: readonly [number, number, number],
): void {
  const { saturation = 0, crop = 0 } = augment ?? {};
  const images = `[${channels}, ${height}, ${width}]`;
  if (saturation > 0 && channels !== 3) {
    throw new ConfigurationError(
      `augment.saturation: expected images of 3 channels, got ${images}; leave it out`,
    );
  }
  if (crop >= Math.min(height, width)) {
    throw new ConfigurationError(
      `augment.crop: expected less than the rows and columns of the images, ${images}, got ${crop}; ` +
        'take fewer pixels',
    );
  }
}
