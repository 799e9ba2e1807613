/** One network trained with one seed. */
export interface SwitchRun {
  /** See `keyOf`. */
  readonly key: string;
  readonly seed: number;
  /** Mean loss of the steps of each epoch. */
  readonly losses: readonly number[];
  /** Held-out accuracy after each epoch, from 0 to 1. */
  readonly accuracies: readonly number[];
}

/** All runs, with the settings that they share. */
export interface SwitchRuns {
  /** Repeats them. */
  readonly command: string;
  readonly trainPerClass: number;
  readonly testPerClass: number;
  readonly seeds: readonly number[];
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly runs: readonly SwitchRun[];
}
