// The test images that a page carries: as many as fit, the most wanted first.
import { evenly, gzipBytes } from '@convbook/page';
import type { Run } from '@convbook/run';
import { classByClass } from '@convbook/run/evaluation';
import { worstMistakes } from '../analysis/evaluation.ts';
import { choosableImages } from './payload.ts';

/** Most bytes of images in a page, compressed. */
export const mostImageBytes = 600_000;

/**
 * MNIST's 10,000 images take 0.23 s and 1.63 MB; the highest level, which pages otherwise have, takes 5 s for
 * 1.60 MB.
 */
const level = 6;

/** Images by which is estimated how many fit. */
const tried = 400;

/** Images of the test set as a page carries them. */
export interface PageImages {
  /** Places in the test set, ascending. */
  readonly indexes: readonly number[];
  /** Their bytes one after another, gzip. */
  readonly bytesGz: Uint8Array;
}

/**
 * The images of a run that fit in a page, in two passes, and a third where the estimate was too high.
 *
 * @param linked Places in the test set of those to which the page has links.
 * @param mapped Places of those that are points of its map.
 */
export async function pageImages(
  run: Run,
  linked: readonly number[] = [],
  mapped: readonly number[] = [],
): Promise<PageImages> {
  const wanted = mostWanted(run, linked, mapped);
  const some = evenly(wanted, tried);
  const { length } = await compressed(run, some);
  let count = Math.min(wanted.length, Math.floor((some.length * mostImageBytes) / length));
  for (;;) {
    const indexes = wanted.slice(0, count).sort((a, b) => a - b);
    const bytesGz = await compressed(run, indexes);
    if (bytesGz.length <= mostImageBytes || count === 0) return { indexes, bytesGz };
    count = Math.floor(count * Math.min(0.98, mostImageBytes / bytesGz.length));
  }
}

/**
 * The images that a run keeps, most wanted first: those a page lets one choose or has links to, the mistakes, the
 * worst before the others, those on the map, and then right ones, as many of each class as of any other, in
 * test-set order.
 */
export function mostWanted(
  run: Run,
  linked: readonly number[] = [],
  mapped: readonly number[] = [],
): number[] {
  const { evaluation, samples } = run;
  if (evaluation === null || samples === null) return [];
  const mistakes = worstMistakes(evaluation).map(({ index }) => index);
  const first = new Set([...choosableImages(run), ...linked, ...mistakes, ...mapped]);
  const kept = [...samples.images.keys()].sort((a, b) => a - b);
  const others = kept.filter((index) => !first.has(index));
  return [
    ...[...first].filter((index) => samples.images.has(index)),
    ...classByClass(others, evaluation.labels),
  ];
}

function compressed({ samples }: Run, indexes: readonly number[]): Promise<Uint8Array> {
  const images = indexes.map((index) => samples?.images.get(index) ?? new Uint8Array());
  return gzipBytes(Buffer.concat(images), level);
}
