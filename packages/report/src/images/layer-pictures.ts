// The values of a layer for one image as pictures: by the notebook when it is made, and by its page again.
import { largestSize } from '@convbook/core';
import { divergingPicture, tilePictures, type Picture } from '@convbook/page/pixels';

/** The maps that are shown of a layer, numbered from 0, and how many of them stand in a line. */
export interface ShownMaps {
  readonly maps: readonly number[];
  readonly columns: number;
}

/** Most units shown of a layer without maps, and how many of them stand in a line. */
export const shownUnits = { most: 512, columns: 25 };

/** Items in lines of some. */
export function linesOf<Item>(items: readonly Item[], columns: number): Item[][] {
  const lines = Math.ceil(items.length / columns);
  return Array.from({ length: lines }, (_, k) => items.slice(k * columns, (k + 1) * columns));
}

/** The end of the scale that some images share: the largest absolute value of what is shown. */
export function limitOf(
  values: readonly Float32Array[],
  shape: readonly number[],
  { maps }: ShownMaps,
): number {
  const [, height, width] = shape;
  if (width === undefined) return largestSize(values.map((own) => largestSize(own)));
  const area = height * width;
  return largestSize(
    values.flatMap((own) =>
      maps.map((map) => largestSize(own.subarray(map * area, (map + 1) * area))),
    ),
  );
}

/** A picture a line of maps; of a layer without maps one picture of its units. */
export function layerPictures(
  values: Float32Array,
  shape: readonly number[],
  { maps, columns }: ShownMaps,
  limit: number,
): Picture[] {
  const [, height, width] = shape;
  if (width === undefined) return [unitsPicture(values, limit)];
  const area = height * width;
  return linesOf(maps, columns).map((line) =>
    tilePictures(
      line.map((map) =>
        divergingPicture(values.subarray(map * area, (map + 1) * area), height, width, limit),
      ),
      columns,
    ),
  );
}

function unitsPicture(values: Float32Array, limit: number): Picture {
  const shown = values.subarray(0, shownUnits.most);
  const width = Math.min(shownUnits.columns, shown.length);
  const height = Math.ceil(shown.length / width);
  const padded = new Float32Array(width * height);
  padded.set(shown);
  return divergingPicture(padded, height, width, limit);
}
