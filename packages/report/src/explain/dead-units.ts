// How many filters and units of each hidden layer answer to nothing, through training.
import type { TrainingStatistics } from '@convbook/run';
import { deadFilters } from './filter-answers.ts';

/** A hidden layer, moment by moment. */
export interface DeadUnits {
  readonly name: string;
  /** Its filters or units. */
  readonly units: number;
  readonly moments: readonly { readonly step: number; readonly dead: number }[];
}

/** The layers before the last, whose units are the classes; none where activations were not recorded. */
export function deadUnits(statistics: readonly TrainingStatistics[]): DeadUnits[] {
  const names = statistics[0]?.layers.slice(0, -1).map(({ name }) => name) ?? [];
  return names.flatMap((name) => {
    const found = statistics.flatMap(({ step, layers }) => {
      const activations = layers.find((layer) => layer.name === name)?.activations;
      return activations ? [{ step, activations }] : [];
    });
    if (found.length === 0) return [];
    return [
      {
        name,
        units: found[0].activations.lowest.length,
        moments: found.map(({ step, activations }) => ({
          step,
          dead: deadFilters(activations).length,
        })),
      },
    ];
  });
}
