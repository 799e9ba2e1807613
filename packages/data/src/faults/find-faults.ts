// What is wrong with the images of a data set, before anything is trained on them.
import type { Dataset } from '../dataset.ts';
import { findCopies, type Place } from './image-copies.ts';
import { findOddProportions } from './odd-proportions.ts';
import { findOneColour } from './one-colour.ts';

/**
 * `leak`: a training image is also a test image, so the test is too easy; `conflict`: copies have different labels;
 * `repeat`: a training image repeats another; `proportions`: a picture is much wider or taller than the others;
 * `oneColour`: an image shows nothing.
 */
export type FaultKind = 'leak' | 'conflict' | 'repeat' | 'proportions' | 'oneColour';

/** A fault, and the images that have it. */
export interface ImageFault {
  readonly kind: FaultKind;
  /** Training images of `leak` and `repeat`, any images of the others. */
  readonly count: number;
  /** Copies together, any other image by itself. */
  readonly groups: readonly (readonly Place[])[];
}

/** The faults that a data set has. */
export function findFaults(data: Dataset): ImageFault[] {
  const alone = (places: readonly Place[]) => places.map((place) => [place]);
  const odd = data.files === undefined ? [] : findOddProportions(data.files);
  return [
    ...findRepeated(data),
    { kind: 'proportions' as const, count: odd.length, groups: alone(odd) },
    toOneColour(alone(findOneColour(data))),
  ].filter(({ count }) => count > 0);
}

function toOneColour(groups: Place[][]): ImageFault {
  return { kind: 'oneColour', count: groups.length, groups };
}

/** Copies, by what is wrong with having them; a group may have several faults. */
function findRepeated(data: Dataset): ImageFault[] {
  const copies = findCopies(data);
  const leaks = copies.filter((group) => trainedOf(group) > 0 && trainedOf(group) < group.length);
  const conflicts = copies.filter((group) => areLabelsMixed(data, group));
  const repeats = copies.filter((group) => trainedOf(group) > 1);
  const sum = (groups: Place[][], count: (group: Place[]) => number) =>
    groups.reduce((total, group) => total + count(group), 0);
  return [
    { kind: 'leak', count: sum(leaks, trainedOf), groups: leaks },
    { kind: 'conflict', count: sum(conflicts, ({ length }) => length), groups: conflicts },
    { kind: 'repeat', count: sum(repeats, (group) => trainedOf(group) - 1), groups: repeats },
  ];
}

function trainedOf(group: readonly Place[]): number {
  return group.filter(({ set }) => set === 'train').length;
}

/** Whether copies have different labels. */
export function areLabelsMixed(
  data: Pick<Dataset, 'train' | 'test'>,
  group: readonly Place[],
): boolean {
  return new Set(group.map(({ set, index }) => data[set].labels[index])).size > 1;
}
