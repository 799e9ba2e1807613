import {
  ConfigurationError,
  elementCount,
  type ChannelScaling,
  type Standardization,
} from '@convbook/core';
import { showValue } from '@convbook/core/checks';
import type { PictureDescription, PictureGround } from '@convbook/core/pictures';
import { resolveModel, toCheckedModel, type ModelSpec } from '@convbook/layers';
import { ModelFileError } from '../model-file-error.ts';
import { describeModel, modelFormat, type ModelDescription } from './description.ts';
import {
  aByte,
  aSha256,
  aSize,
  anImageShape,
  anObject,
  checked,
  checkedOptional,
  numbers,
  numbersAboveZero,
  numbersFor,
  oneOf,
  texts,
  type Fields,
} from './fields.ts';

const runFormat = 'convbook-run/1';

/**
 * Checks what a `model.json` says, parsed, or the `run.json` of a run; fields that it does not know are left out.
 *
 * @param file Its name, with which messages begin.
 * @throws ModelFileError naming the field, what was expected and what was found.
 */
export function parseModelDescription(value: unknown, file = 'model.json'): ModelDescription {
  const fields = checked(file, 'the content', value, anObject);
  return isRun(file, fields) ? parseRun(file, fields) : parseDescription(file, fields);
}

/** Whether it is a `run.json`; refuses other formats and other versions of both. */
function isRun(file: string, { format, version }: Fields): boolean {
  if (format === runFormat) return true;
  if (format === modelFormat.format && version === modelFormat.version) return false;
  const isOther = format === modelFormat.format || /^convbook-run\//.test(String(format));
  throw new ModelFileError(
    isOther
      ? `${file}: expected version 1 of the format, got ${showValue(version ?? format)}; ` +
          'take the version of @convbook/runtime that made it, or export the model again'
      : `${file}: expected format to be "${modelFormat.format}" or "${runFormat}", got ${showValue(format)}; ` +
          'give the model.json of an export, or the run.json of a run',
  );
}

function parseDescription(file: string, fields: Fields): ModelDescription {
  const model = parseModel(file, fields.model);
  const imageShape = parseImageShape(file, 'imageShape', fields.imageShape, model);
  const parsed = {
    ...modelFormat,
    model,
    classNames: parseClassNames(file, 'classNames', fields.classNames, model),
    imageShape,
    pictures: parsePictures(file, 'pictures', fields.pictures),
  };
  const scaling = parseScaling(file, fields.scaling, imageShape);
  const sha256 = checkedOptional(file, 'weightsSha256', fields.weightsSha256, aSha256);
  return {
    ...parsed,
    ...(scaling === undefined ? {} : { scaling }),
    ...(sha256 === undefined ? {} : { weightsSha256: sha256 }),
  };
}

function parseRun(file: string, fields: Fields): ModelDescription {
  const given = checked(file, 'model', fields.model, anObject);
  const model = parseModel(file, { name: given.name, input: given.input, layers: given.layers });
  const data = checked(file, 'data', fields.data, anObject);
  const result = checkedOptional(file, 'result', fields.result, anObject);
  const sampleShape = parseImageShape(file, 'data.sampleShape', data.sampleShape, model);
  const { pictures } = data;
  const sha256 = result && checked(file, 'result.modelSha256', result.modelSha256, aSha256);
  return describeModel(
    {
      model,
      data: {
        classNames: parseClassNames(file, 'data.classNames', data.classNames, model),
        sampleShape,
        pictures:
          pictures === undefined ? pictures : parsePictures(file, 'data.pictures', pictures),
        standardization: parseStandardization(file, data.standardization, sampleShape),
      },
    },
    sha256,
  );
}

function parseModel(file: string, value: unknown): ModelSpec {
  try {
    return toCheckedModel(value);
  } catch (cause) {
    if (!(cause instanceof ConfigurationError)) throw cause;
    throw new ModelFileError(`${file}: ${cause.message}`, { cause });
  }
}

function parseClassNames(file: string, field: string, value: unknown, model: ModelSpec): string[] {
  const { output } = resolveModel(model);
  return [...checked(file, field, value, texts(elementCount(output)))];
}

function parseImageShape(file: string, field: string, value: unknown, model: ModelSpec): number[] {
  const shape = checked(file, field, value, anImageShape);
  if (elementCount(shape) === elementCount(model.input)) return [...shape];
  throw new ModelFileError(
    `${file}: expected ${field} to have the values of the model's input ${showValue(model.input)}, ` +
      `got ${showValue(shape)}; restore the file or export the model again`,
  );
}

function parsePictures(file: string, field: string, value: unknown): PictureDescription {
  const given = checked(file, field, value, anObject);
  const fit = oneOf('digit', 'whole', 'cover', 'contain', 'stretch');
  const background = checkedOptional(file, `${field}.background`, given.background, aByte);
  return {
    fit: checked(file, `${field}.fit`, given.fit, fit),
    orientation: checked(
      file,
      `${field}.orientation`,
      given.orientation,
      oneOf('upright', 'transposed'),
    ),
    ground: given.ground === null ? null : parseGround(file, `${field}.ground`, given.ground),
    ...(background === undefined ? {} : { background }),
  };
}

function parseGround(file: string, field: string, value: unknown): PictureGround {
  const { grey, ink, inkSide } = checked(file, field, value, anObject);
  return {
    grey: checked(file, `${field}.grey`, grey, aByte),
    ink: checked(file, `${field}.ink`, ink, oneOf('bright', 'dark')),
    inkSide: checked(file, `${field}.inkSide`, inkSide, aSize),
  };
}

function parseScaling(
  file: string,
  value: unknown,
  [channels]: readonly number[],
): ChannelScaling[] | undefined {
  const each = numbersFor(channels, ['scale', 'offset']);
  return checkedOptional(file, 'scaling', value, each)?.map(({ scale, offset }) => ({
    scale,
    offset,
  }));
}

function parseStandardization(
  file: string,
  value: unknown,
  [channels]: readonly number[],
): Standardization | undefined {
  const given = checkedOptional(file, 'data.standardization', value, anObject);
  if (given === undefined) return undefined;
  const field = 'data.standardization';
  return {
    means: checked(file, `${field}.means`, given.means, numbers(channels)),
    deviations: checked(file, `${field}.deviations`, given.deviations, numbersAboveZero(channels)),
  };
}
