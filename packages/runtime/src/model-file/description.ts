// `model.json`: all that prediction needs to know of a trained model beside its weights.
import { toScaling, type ChannelScaling, type Standardization } from '@convbook/core';
import { earlierPictures, type PictureDescription } from '@convbook/core/pictures';
import type { ModelSpec } from '@convbook/layers';

/** The format that `model.json` names, and its version. */
export const modelFormat = { format: 'convbook-model', version: 1 } as const;

/** A trained model without its weights, as `model.json` has it. */
export interface ModelDescription {
  readonly format: 'convbook-model';
  readonly version: 1;
  readonly model: ModelSpec;
  /** One for each output of the model. */
  readonly classNames: readonly string[];
  /** Shape of the data set's images, `[channels, height, width]`: the model's input, or its size where that is a vector. */
  readonly imageShape: readonly number[];
  /** How a picture becomes an image. */
  readonly pictures: PictureDescription;
  /** How the bytes of each channel become numbers; absent: byte / 255. */
  readonly scaling?: readonly ChannelScaling[] | undefined;
  /** SHA-256 of `model.safetensors`, 64 hexadecimal digits; absent for a run that has not ended. */
  readonly weightsSha256?: string | undefined;
}

/** The fields of a run's `run.json` that a description is made of. */
export interface DescribedRun {
  readonly model: ModelSpec;
  readonly data: {
    readonly classNames: readonly string[];
    readonly sampleShape: readonly number[];
    readonly pictures?: PictureDescription | undefined;
    readonly standardization?: Standardization | undefined;
  };
  readonly result?: { readonly modelSha256: string } | undefined;
}

/**
 * The description of a run's model, without anything else that `run.json` says.
 *
 * @param weightsSha256 SHA-256 of the weights' file; default that of the run's result.
 */
export function describeModel(
  { model: { name, input, layers }, data, result }: DescribedRun,
  weightsSha256 = result?.modelSha256,
): ModelDescription {
  const { classNames, sampleShape, pictures, standardization } = data;
  return {
    ...modelFormat,
    model: { ...(name === undefined ? {} : { name }), input, layers },
    classNames,
    imageShape: sampleShape,
    pictures: pictures ?? earlierPictures(sampleShape),
    ...(standardization === undefined ? {} : { scaling: toScaling(standardization) }),
    ...(weightsSha256 === undefined ? {} : { weightsSha256 }),
  };
}
