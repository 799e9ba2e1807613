// A sample of the test set from the images that a run keeps, among which mistakes are more frequent than there.
import { evenly } from '@convbook/page';
import { predictions, type Evaluation } from './evaluation.ts';

/** Fewest images that stand for a larger test set. */
const least = 100;

/** Test images of one label that are all classified correctly, or all wrongly. */
interface Kind {
  count: number;
  readonly kept: number[];
}

/**
 * At most `most` kept images in which every class, and its mistakes, have the share that they have in the whole
 * test set; ascending. Null where the run keeps too few of a kind.
 *
 * @param kept Places in the test set of the images that the run keeps.
 */
export function proportionalSample(
  evaluation: Evaluation,
  kept: ReadonlyMap<number, unknown>,
  most: number,
): number[] | null {
  const kinds = kindsOf(evaluation, kept);
  const { samples } = evaluation;
  const size = kinds.reduce(
    (size, kind) => Math.min(size, Math.floor((kind.kept.length * samples) / kind.count)),
    most,
  );
  if (size < Math.min(least, samples)) return null;
  const all = kinds.flatMap((kind) => new Array<Kind>(kind.count).fill(kind));
  const chosen = evenly(all, size);
  return kinds
    .flatMap((kind) => evenly(kind.kept, chosen.filter((one) => one === kind).length))
    .sort((a, b) => a - b);
}

/** By label, of each its mistakes first. */
function kindsOf(evaluation: Evaluation, kept: ReadonlyMap<number, unknown>): Kind[] {
  const kinds = new Map<number, Kind>();
  predictions(evaluation).forEach((answer, index) => {
    const label = evaluation.labels[index];
    const key = 2 * label + (answer === label ? 1 : 0);
    const kind = kinds.get(key) ?? { count: 0, kept: [] };
    kinds.set(key, kind);
    kind.count++;
    if (kept.has(index)) kind.kept.push(index);
  });
  return [...kinds].sort(([a], [b]) => a - b).map(([, kind]) => kind);
}
