// The inputs that a program may give a model: a picture of any size, the model's own image as bytes, or numbers.
import { ConfigurationError, elementCount, imageToNumbers } from '@convbook/core';
import { printable, showValue } from '@convbook/core/checks';
import { classesText } from './classes-text.ts';
import type { ModelDescription } from './model-file/index.ts';
import {
  readPicture,
  type PictureChoices,
  type PictureReading,
  type Pixels,
} from './picture/index.ts';

/** Decoded pixels row by row, as `ImageData` of a canvas has them. */
export interface PixelData {
  /** `[height, width, channels]` bytes. */
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha; default as many as the data have. */
  readonly channels?: 1 | 2 | 3 | 4;
}

/**
 * An input of a model. `PixelData` is a picture of any size, read as the data set's images were made. A `Uint8Array` is the
 * model's own image, `[channels, height, width]` bytes; with the shape `[height, width]` or `[height, width, channels]`
 * a picture of any size. A `Float32Array` is the model's input itself, already scaled.
 */
export type ModelInput = PixelData | Uint8Array | Uint8ClampedArray | Float32Array;

/** How an input is read. */
export interface InputOptions extends PictureChoices {
  /** Shape of an array. */
  readonly shape?: readonly number[] | undefined;
}

/** The parts of a description that say how inputs are read. */
export type InputDescription = Pick<
  ModelDescription,
  'model' | 'classNames' | 'imageShape' | 'pictures' | 'scaling'
>;

const example = 'give ImageData, or a Uint8Array and its { shape }';

/**
 * The model's input, `[…model.input]` numbers.
 *
 * @throws ConfigurationError when the input is of another type or size, or a picture that shows nothing.
 */
export function toNumbers(
  description: InputDescription,
  input: unknown,
  options: InputOptions = {},
): Float32Array {
  checkOptions(options);
  if (input instanceof Float32Array) return checkNumbers(description, input, options.shape);
  const picture = toPixels(description, input, options.shape);
  if (picture === null) {
    return imageToNumbers(input as Uint8Array, description.scaling);
  }
  const { bytes } = readPicture(picture, description.imageShape, description.pictures, options);
  if (bytes !== null) return imageToNumbers(bytes, description.scaling);
  throw new ConfigurationError(
    `predict: expected a picture of ${classesText(description.classNames)}, got one that shows nothing; give another`,
  );
}

/** As `toNumbers` reads a picture: the bytes of the model's image, or null where the picture shows nothing. */
export function readInput(
  description: InputDescription,
  input: unknown,
  options: InputOptions = {},
): PictureReading {
  checkOptions(options);
  const picture = toPixels(description, input, options.shape);
  if (picture !== null) {
    return readPicture(picture, description.imageShape, description.pictures, options);
  }
  return { bytes: Uint8Array.from(input as Uint8Array), steps: ['as it is'], doubts: [] };
}

const isFlag = (value: unknown) => typeof value === 'boolean';

/** What an option is to be, in words and as a test. */
type OptionCheck = readonly [phrase: string, holds: (value: unknown) => boolean];

const optionChecks: Readonly<Record<keyof InputOptions, OptionCheck>> = {
  shape: ['a list such as [28, 28]', Array.isArray],
  fit: ['digit or whole', (value) => value === 'digit' || value === 'whole'],
  invert: ['true or false', isFlag],
  transpose: ['true or false', isFlag],
};

// A program in JavaScript may give anything.
function checkOptions(options: unknown): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    return refuse(
      'options as an object',
      showValue(options),
      "give such as { fit: 'digit' }, or none",
    );
  }
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(optionChecks, name)) {
      refuse('no options but shape, fit, invert and transpose', printable(name), 'leave it out');
    }
    const [phrase, holds] = optionChecks[name as keyof InputOptions];
    if (value !== undefined && !holds(value)) {
      refuse(`${name} to be ${phrase}`, showValue(value), 'or leave it out');
    }
  }
}

/** The input as a picture; null where it is the model's own image. */
function toPixels(
  { imageShape }: InputDescription,
  input: unknown,
  shape: readonly number[] | undefined,
): Pixels | null {
  if (isBytes(input)) {
    const isOwn = shape === undefined || shape.join() === imageShape.join();
    if (!isOwn) return shapedPixels(input, shape);
    if (input.length === elementCount(imageShape)) return null;
    return refuse(
      `${elementCount(imageShape)} bytes, the model's image ${showValue(imageShape)}`,
      `${input.length}`,
      'give the { shape: [height, width, channels] } of a picture; files such as PNG must be decoded first',
    );
  }
  if (!isPixelData(input)) return refuse('pixels', showValue(input), example);
  const { data, width, height, channels } = input;
  if (!isBytes(data)) {
    return refuse(
      'data to be a Uint8Array or Uint8ClampedArray',
      showValue(data),
      'give bytes, 0 to 255',
    );
  }
  return shapedPixels(data, [height, width, channels ?? channelsOf(data, width, height)]);
}

/** As many channels as the data have. */
function channelsOf({ length }: ArrayLike<number>, width: number, height: number): number {
  const channels = length / (width * height);
  if (![width, height].every(isSize) || isChannels(channels)) return channels;
  return refuse(
    `1 to 4 bytes for each of ${width} × ${height} pixels`,
    `${length} bytes`,
    'give the width and height that the data have',
  );
}

function shapedPixels(data: Uint8Array | Uint8ClampedArray, shape: readonly number[]): Pixels {
  const [height, width, channels = 1] = shape;
  const isShape = (shape.length === 2 || shape.length === 3) && shape.every(isSize);
  if (!isShape || !isChannels(channels)) {
    return refuse(
      'a shape [height, width] or [height, width, channels] with 1 to 4 channels',
      showValue(shape),
      example,
    );
  }
  const size = height * width * channels;
  if (data.length === size) return { width, height, channels, data };
  return refuse(`${size} bytes for the shape ${showValue(shape)}`, `${data.length}`, example);
}

function checkNumbers(
  { model, imageShape }: InputDescription,
  input: Float32Array,
  shape: readonly number[] = model.input,
): Float32Array {
  const isShape = [model.input, imageShape].some((own) => own.join() === shape.join());
  const size = elementCount(model.input);
  if (!isShape)
    refuse(`the shape ${showValue(model.input)} of the model's input`, showValue(shape), example);
  if (input.length !== size) {
    refuse(
      `${size} numbers, the model's input ${showValue(model.input)}`,
      `${input.length}`,
      example,
    );
  }
  const stray = input.find((value) => !Number.isFinite(value));
  if (stray !== undefined)
    refuse('finite numbers', `${stray}`, 'give the scaled values of an image');
  return input;
}

function isBytes(input: unknown): input is Uint8Array | Uint8ClampedArray {
  return input instanceof Uint8Array || input instanceof Uint8ClampedArray;
}

/** Whether it has the fields of `PixelData`; what they are is checked one by one. */
function isPixelData(input: unknown): input is PixelData {
  const fields = ['data', 'width', 'height'];
  return typeof input === 'object' && input !== null && fields.every((field) => field in input);
}

function isSize(size: number): boolean {
  return Number.isSafeInteger(size) && size > 0;
}

function isChannels(channels: number): channels is Pixels['channels'] {
  return [1, 2, 3, 4].includes(channels);
}

function refuse(what: string, got: string, remedy: string): never {
  throw new ConfigurationError(`predict: expected ${what}, got ${got}; ${remedy}`);
}
