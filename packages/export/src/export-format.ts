// What every format of an export agrees on.
import type { TrainedModel } from '@convbook/run';

/** The model of a run, and its file as it is. */
export interface ExportedModel extends TrainedModel {
  /** The bytes of the run's `model.safetensors`. */
  weightsFile(): Uint8Array;
}

/** What an export says beside the model. */
export interface ExportOptions {
  /** The exported model takes bytes of pictures and scales them itself. */
  readonly withPreprocessing: boolean;
  /** What the exported model gives: the numbers of its last layer, or their softmax. */
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
  readonly isFolder: boolean;
  /**
   * The files of the export, made in memory.
   *
   * @throws ConfigurationError when the format cannot say what the model does, naming the layer.
   */
  files(trained: ExportedModel, options: ExportOptions): Promise<readonly ExportedFile[]>;
}
