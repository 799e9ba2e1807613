// The types that all formats of an export share.
import type { TrainedModel } from '@convbook/run';
import type { TestSet, Verification } from './verification.ts';

/** The model of a run, and its file as it is. */
export interface ExportedModel extends TrainedModel {
  /** The bytes of the run's `model.safetensors`. */
  weightsFile(): Uint8Array;
}

/** Choices of an export. */
export interface ExportOptions {
  /** The exported model takes bytes of pictures and scales them itself. */
  readonly withPreprocessing: boolean;
  /** The exported model gives the numbers of its last layer, or their softmax. */
  readonly output: 'logits' | 'softmax';
}

/** A file of an export. */
export interface ExportedFile {
  /** Path inside the exported folder; empty where the export is one file. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A way of taking a trained model away. */
export interface ExportFormat {
  /** One line of the command's help. */
  readonly help: string;
  /** File or folder under `<run>/export/` where the command names no other. */
  readonly usualName: string;
  /** Takes pictures and shows probabilities: no options. */
  readonly isPage: boolean;
  /**
   * The files of the export, made in memory.
   *
   * @throws ConfigurationError when the format cannot say what the model does, naming the layer.
   */
  files(trained: ExportedModel, options: ExportOptions): Promise<readonly ExportedFile[]>;
  /**
   * Has another program compute the test set from these files; absent where the command has none for the format.
   *
   * @param readTest Called once that program is loaded.
   * @throws ConfigurationError when that program is not installed.
   */
  verify?(
    files: readonly ExportedFile[],
    trained: TrainedModel,
    options: ExportOptions,
    readTest: () => Promise<TestSet>,
  ): Promise<Verification>;
}
