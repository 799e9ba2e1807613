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

/** What the lesson's data say. */
export function readRuns(bytes: Uint8Array): SwitchRuns {
  return JSON.parse(new TextDecoder().decode(bytes)) as SwitchRuns;
}

/** The mean over seeds after each epoch, from epoch 1. */
export function courseOf(
  { runs, epochs }: SwitchRuns,
  key: string,
  name: 'accuracies' | 'losses',
): (readonly [epoch: number, value: number])[] {
  const own = runs.filter((run) => run.key === key);
  return Array.from({ length: epochs }, (_, epoch) => {
    const sum = own.reduce((total, run) => total + run[name][epoch], 0);
    return [epoch + 1, sum / own.length];
  });
}

/** Mean held-out accuracy after the last epoch. */
export function finalOf(runs: SwitchRuns, key: string): number {
  return courseOf(runs, key, 'accuracies')[runs.epochs - 1][1];
}
