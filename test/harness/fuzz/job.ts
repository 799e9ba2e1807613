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
  /** Says what went wrong, with the smallest changes that do it; null: nothing. */
  failure: string | null;
}
