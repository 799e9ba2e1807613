// What convbook-runtime.js exports: @convbook/runtime in one file.

/** The bytes of a file, the text of a JSON one, or the URL from which they are fetched. */
export type FileSource = ArrayBuffer | Uint8Array | URL | string;

/** A class and how probable it is, from 0 to 1. */
export interface ClassProbability {
  readonly class: number;
  readonly className: string;
  readonly probability: number;
}

/** The answer to one picture. */
export interface Answer extends ClassProbability {
  /** The numbers of the last layer, one for each class. */
  readonly logits: Float32Array;
  /** Softmax of the logits. */
  readonly probabilities: readonly number[];
  /** Every class, the most probable first. */
  readonly top: readonly ClassProbability[];
}

/** Decoded pixels row by row, such as the `ImageData` of a canvas. */
export interface PixelData {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha; default as many as the data have. */
  readonly channels?: 1 | 2 | 3 | 4;
}

/**
 * Pixels are a picture of any size. A `Uint8Array` is the model's own image, `[channels, height, width]`, or with the
 * shape `[height, width, channels]` a picture. A `Float32Array` is the model's input, already scaled.
 */
export type ModelInput = PixelData | Uint8Array | Uint8ClampedArray | Float32Array;

/** How an input is read; default what the picture itself shows. */
export interface InputOptions {
  /** Shape of an array. */
  readonly shape?: readonly number[];
  /** Cut to the ink, or the whole picture. */
  readonly fit?: 'digit' | 'whole';
  /** Turn bright and dark over, or leave them. */
  readonly invert?: boolean;
  /** Swap rows and columns. */
  readonly transpose?: boolean;
}

/** How a picture became the model's image. */
export interface PictureReading {
  /** `[channels, height, width]`; null where the picture shows nothing. */
  readonly bytes: Uint8Array | null;
  readonly steps: readonly string[];
  readonly doubts: readonly string[];
}

/** A trained model that answers. */
export interface LoadedModel {
  readonly classNames: readonly string[];
  /** Throws an error that says what is wrong with the input. */
  predict(input: ModelInput, options?: InputOptions): Answer;
  predictBatch(inputs: readonly ModelInput[], options?: InputOptions): Answer[];
  readPicture(input: Exclude<ModelInput, Float32Array>, options?: InputOptions): PictureReading;
}

/** Loads a model; throws an error that says which file is wrong, and how. */
export function loadModel(files: {
  /** `model.safetensors`. */
  readonly weights: FileSource;
  /** `model.json`; also parsed. */
  readonly model: FileSource | object;
}): Promise<LoadedModel>;
