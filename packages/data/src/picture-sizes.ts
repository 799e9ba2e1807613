import type { DatasetFiles, SampleFile } from './dataset-files.ts';

/** Width and height in pixels. */
type Size = readonly [width: number, height: number];

/** The smallest, the middle and the largest picture by their pixels. */
export interface PictureSizes {
  readonly smallest: Size;
  readonly middle: Size;
  readonly largest: Size;
}

/** How large the pictures of a data set are. */
export function pictureSizes({ train, test }: Pick<DatasetFiles, 'train' | 'test'>): PictureSizes {
  const bySize = [...train, ...test].sort((a, b) => a.width * a.height - b.width * b.height);
  const sizeOf = ({ width, height }: SampleFile): Size => [width, height];
  return {
    smallest: sizeOf(bySize[0]),
    middle: sizeOf(bySize[bySize.length >> 1]),
    largest: sizeOf(bySize[bySize.length - 1]),
  };
}
