// All that convbook-runtime.js exports: @convbook/runtime in one file.

/** The bytes of a file, the text of a JSON one, or the URL from which they are fetched. */
export type FileSource = ArrayBuffer | Uint8Array | URL | string;

/** The files of a trained model. */
export interface ModelFiles {
  /** `model.safetensors`. */
  readonly weights: FileSource;
  /** `model.json`, or the `run.json` of a run; also parsed. */
  readonly model: FileSource | object;
}

/** The files of a trained model, and what they are computed with. */
export interface LoadOptions extends ModelFiles {
  /** The kernels' module; default the runtime's own. */
  readonly kernels?: WebAssembly.Module | undefined;
}

/** A class and how probable it is. */
export interface ClassProbability {
  /** Place of the class, from 0. */
  readonly class: number;
  readonly className: string;
  /** From 0 to 1. */
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

/** How a picture is read; default what the picture itself shows. */
export interface PictureChoices {
  /** Cut to the ink, or the whole picture. */
  readonly fit?: 'digit' | 'whole' | undefined;
  /** Turn bright and dark over, or leave them. */
  readonly invert?: boolean | undefined;
  /** Swap rows and columns. */
  readonly transpose?: boolean | undefined;
}

/** How an input is read. */
export interface InputOptions extends PictureChoices {
  /** Shape of an array. */
  readonly shape?: readonly number[] | undefined;
}

/** A text in English and Korean. */
interface Words {
  readonly en: string;
  readonly ko: string;
}

/** What was done to a picture, or found out about it. */
export type PictureStep =
  | 'transposed'
  | 'inverted'
  | 'ink from alpha'
  | 'turned over'
  | 'dark ink turned over'
  | 'bright ink turned over'
  | 'cut to the ink'
  | 'as it is'
  | 'reduced'
  | 'scaled'
  | 'middle taken'
  | 'bars added'
  | 'stretched';

/** Why an answer to a picture is doubtful. */
export type PictureDoubt = 'no clear ink' | 'other ground' | 'unsure';

/** The steps in words. */
export const pictureSteps: Readonly<Record<PictureStep, Words>>;

/** The doubts about a picture, and about the answer to it, in words. */
export function doubtsOf(
  doubts: readonly PictureDoubt[],
  probabilities: readonly number[],
): Words[];

/** How a picture became the model's image. */
export interface PictureReading {
  /** `[channels, height, width]`; null where the picture shows nothing. */
  readonly bytes: Uint8Array | null;
  readonly steps: readonly PictureStep[];
  readonly doubts: readonly PictureDoubt[];
}

/** A model as plain data; each layer has the settings of its kind too. */
interface ModelSpec {
  readonly name?: string;
  /** `[channels, height, width]`, or `[features]`. */
  readonly input: readonly number[];
  readonly layers: readonly { readonly kind: string; readonly name?: string }[];
}

/** How the data set's images were made from pictures. */
interface PictureDescription {
  readonly fit: 'digit' | 'whole' | 'cover' | 'contain' | 'stretch';
  readonly orientation: 'upright' | 'transposed';
  /** What the ink stands on; null where images have no even ground, as photographs do. */
  readonly ground: {
    readonly grey: number;
    readonly ink: 'bright' | 'dark';
    readonly inkSide: number;
  } | null;
  /** Grey of transparent parts and of bars. */
  readonly background?: number | undefined;
}

/** What `model.json` says: all that predictions need to know of a model beside its weights. */
export interface ModelDescription {
  readonly format: 'convbook-model';
  readonly version: 1;
  readonly model: ModelSpec;
  /** One for each output of the model. */
  readonly classNames: readonly string[];
  /** Shape of the data set's images, `[channels, height, width]`. */
  readonly imageShape: readonly number[];
  readonly pictures: PictureDescription;
  /** How the bytes of each channel become numbers, `byte · scale + offset`; absent: byte / 255. */
  readonly scaling?: readonly { readonly scale: number; readonly offset: number }[] | undefined;
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
    readonly standardization?:
      { readonly means: readonly number[]; readonly deviations: readonly number[] } | undefined;
  };
  readonly result?: { readonly modelSha256: string } | undefined;
}

/** The description of a run's model; the SHA-256 of its weights is by default that of the run's result. */
export function describeModel(run: DescribedRun, weightsSha256?: string): ModelDescription;

/** Checks a parsed `model.json`, or the `run.json` of a run; messages begin with the file's name. */
export function parseModelDescription(value: unknown, file?: string): ModelDescription;

/** A trained model that answers. */
export interface LoadedModel {
  readonly description: ModelDescription;
  readonly classNames: readonly string[];
  /**
   * Whether the SHA-256 of the weights was compared with the description's. It is not where a page is in no secure context
   * (neither https, localhost nor a file), and for a run that has not ended.
   */
  readonly isVerified: boolean;
  /** Throws ConfigurationError where the input is of another type or size, a picture shows nothing, or logits are not finite. */
  predict(input: ModelInput, options?: InputOptions): Answer;
  /**
   * The answers in the order of the inputs. Throws where `predict` refuses one, and names it: `input 1: …`. Leave pictures
   * that show nothing out before: their bytes by `readPicture` are null.
   */
  predictBatch(inputs: readonly ModelInput[], options?: InputOptions): Answer[];
  /** How `predict` reads a picture. Throws ConfigurationError where it is of another type or size. */
  readPicture(input: Exclude<ModelInput, Float32Array>, options?: InputOptions): PictureReading;
}

/** Loads a model. Throws ModelFileError where a file is missing, damaged, of another version or of another model. */
export function loadModel(options: LoadOptions): Promise<LoadedModel>;

/** An input or an option is wrong; the message says what was expected and what was got. */
export class ConfigurationError extends Error {
  override readonly name: 'ConfigurationError';
  readonly exitCode: 2;
}

/** A file of a model is wrong; the message says which, what was expected and what was got. */
export class ModelFileError extends Error {
  override readonly name: 'ModelFileError';
}

// What is not marked above is not exported.
export {};
