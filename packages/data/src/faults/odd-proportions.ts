import type { DatasetFiles, SampleFile } from '../dataset-files.ts';
import type { Place } from './image-copies.ts';

/** Portraits of 2:3 among landscapes of 3:2 differ by 2.25, and are as usual as these. */
const mostTimes = 2.5;

/** Pictures whose width : height is more than 2.5 times that of the middle picture, or less than 1 / 2.5 of it. */
export function findOddProportions(files: DatasetFiles): Place[] {
  const ratioOf = ({ width, height }: SampleFile) => width / height;
  const ratios = [...files.train, ...files.test].map(ratioOf).sort((a, b) => a - b);
  const middle = ratios[ratios.length >> 1];
  return (['train', 'test'] as const).flatMap((set) =>
    files[set].flatMap((file, index) => {
      const times = ratioOf(file) / middle;
      return times > mostTimes || times < 1 / mostTimes ? [{ set, index }] : [];
    }),
  );
}
