// The messages between parent and child of a fuzz run.

export interface FuzzJob {
  /** Name of the reader. */
  readonly target: string;
  readonly runs: number;
  readonly seed: number;
  /** Where inputs are written, empty. */
  readonly folder: string;
}

export interface FuzzReport {
  inputs: number;
  /** Inputs refused with one of our errors. */
  refused: number;
  /** Most memory that an input took beyond four times its size. */
  mostBytes: number;
  /** The failure, with the smallest changes that cause it; null where there was none. */
  failure: string | null;
}
