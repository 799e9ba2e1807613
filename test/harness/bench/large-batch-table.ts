// Test accuracies by batch size, as JSON and as a table in Markdown.

/** The ways to train that are compared: the recipe of each, null for the defaults. */
export const ways = {
  defaults: null,
  'large-batch': 'large-batch',
  'large-batch-lamb': 'large-batch-lamb',
} as const;

export type Way = keyof typeof ways;

/** A run that is done. */
export interface Trained {
  readonly model: string;
  /** Training and test samples, epochs and seed: rows of a table have the same. */
  readonly limit: number;
  readonly test: number;
  readonly epochs: number;
  readonly seed: number;
  readonly batchSize: number;
  readonly way: Way;
  readonly steps: number;
  /** The largest of the schedule. */
  readonly learningRate: number;
  /** Null where the run diverged. */
  readonly testAccuracy: number | null;
}

/** A table for each set of runs that have all but batch and way in common. */
export function largeBatchTables(runs: readonly Trained[]): string {
  const titles = [...new Set(runs.map(titleOf))];
  const tables = titles.map((title) => tableOf(runs.filter((run) => titleOf(run) === title)));
  return titles.map((title, at) => `${title}\n\n${tables[at]}`).join('\n\n');
}

const count = (value: number) => value.toLocaleString('en-US');

function titleOf({ model, limit, test, epochs, seed }: Trained): string {
  return `\`${model}\`, ${count(limit)} training and ${count(test)} test images, ${epochs} epochs, seed ${seed}:`;
}

function tableOf(runs: readonly Trained[]): string {
  const names = Object.keys(ways).filter((name) => runs.some(({ way }) => way === name));
  const batches = [...new Set(runs.map(({ batchSize }) => batchSize))].sort((a, b) => a - b);
  const rows = batches.map((batch) => {
    const own = runs.filter(({ batchSize }) => batchSize === batch);
    const accuracies = names.map((name) => accuracyOf(own.find(({ way }) => way === name)));
    return [count(batch), count(own[0].steps), ...accuracies];
  });
  const head = [
    'batch',
    'steps',
    ...names.map((name) => (name === 'defaults' ? name : `\`--recipe ${name}\``)),
  ];
  return [head, head.map(() => '---:'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function accuracyOf(run: Trained | undefined): string {
  if (run === undefined) return '';
  const rate = `rate ${Number(run.learningRate.toPrecision(2))}`;
  if (run.testAccuracy === null) return `diverged (${rate})`;
  return `${(run.testAccuracy * 100).toFixed(2)}% (${rate})`;
}
