/** A picture file that became a sample. */
export interface SampleFile {
  /** From the folder, with `/`. */
  readonly path: string;
  /** Pixels of the upright picture, before it became an image. */
  readonly width: number;
  readonly height: number;
}

/** A picture file that cannot be decoded. */
export interface DamagedFile {
  readonly path: string;
  /** A sentence that begins with its path. */
  readonly problem: string;
}

/** The files of a folder of pictures: those that became samples, and the others. */
export interface DatasetFiles {
  /** Absolute; paths of files begin here. */
  readonly folder: string;
  /** How the folder was understood, for people. */
  readonly layout: string;
  /** The file of each training sample, in their order. */
  readonly train: readonly SampleFile[];
  /** The file of each test sample, in their order. */
  readonly test: readonly SampleFile[];
  readonly damaged: readonly DamagedFile[];
  /** Files that are not used, counted by reason. */
  readonly passedOver: Readonly<Record<string, number>>;
}
