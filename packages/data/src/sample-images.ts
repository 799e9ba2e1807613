import type { Dataset } from './dataset.ts';
import { thumbnails, thumbnailShape, type ThumbnailShape } from './thumbnails.ts';

/** Values of all images together: 0.7 MB of base64. */
const mostValues = 524_288;

/** Images of a class. */
const mostOfClass = 8;

/** Longest sides, tried in this order until each class has at least three images. */
const longestSides = [64, 32, 24];
const fewOfClass = 3;

/** The first training images of each class, reduced where classes are many or images large. */
export function sampleImages(
  { train, sampleShape, classNames }: Dataset,
  trained: Uint32Array,
): { shape: ThumbnailShape; classes: string[] } {
  const { shape, perClass } = chooseShape(sampleShape, classNames.length);
  const chosen = classNames.map((): number[] => []);
  for (const index of trained) {
    const ofClass = chosen[train.labels[index]];
    if (ofClass.length < perClass) ofClass.push(index);
  }
  const classes = chosen.map((indexes) => thumbnails(train, sampleShape, indexes, shape));
  return { shape, classes };
}

function chooseShape(sampleShape: Dataset['sampleShape'], classes: number) {
  const choices = longestSides.map((side) => {
    const shape = thumbnailShape(sampleShape, side);
    const perClass = Math.floor(mostValues / (classes * shape[0] * shape[1] * shape[2]));
    return { shape, perClass: Math.min(mostOfClass, Math.max(1, perClass)) };
  });
  return choices.find(({ perClass }) => perClass >= fewOfClass) ?? choices[choices.length - 1];
}
