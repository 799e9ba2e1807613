// How a data set's images were made, measured from the images, where nobody says: whether they are ink on an
// even ground, and whether that ink was cut out, scaled and centred by mass as MNIST's was.
import {
  borderOf,
  centerOfMass,
  differenceFrom,
  isOpposite,
  longerSide,
  nearGrey,
  planeOf,
  type PictureDescription,
  type PictureGround,
  type Plane,
} from '@convbook/core/pictures';
import type { Dataset } from './dataset.ts';
import { sampleReader } from './sample-reader.ts';
import { sourceOf } from './source-of.ts';

/** Images that are looked at, and the most values of them: some hundredths of a second. */
const most = { images: 1000, values: 4_000_000 };

/** Share of images that must agree: a careless scan among them does not count. */
const nearlyAll = 0.97;

/** The answer of `describePictures` for MNIST, which a test compares: looking would delay the first step by 0.05 s. */
const ofMnist: PictureDescription = {
  fit: 'digit',
  orientation: 'upright',
  ground: { grey: 0, ink: 'bright', inkSide: 20 },
};

/** How a data set's images were made: as it says itself, or as its images do. */
export function picturesOf(data: Dataset): PictureDescription {
  if (data.pictures !== undefined) return data.pictures;
  return sourceOf(data)?.kind === 'mnist' ? ofMnist : describePictures(data);
}

/** What the training images of a data set say about how they were made; orientation cannot be seen. */
export function describePictures({
  train,
  sampleShape,
}: Pick<Dataset, 'train' | 'sampleShape'>): PictureDescription {
  const read = sampleReader(train);
  const greys = chooseImages(train.count, sampleShape).map((index) =>
    greyOf(read(index), sampleShape),
  );
  const ground = groundOf(greys);
  const isDigit = ground !== null && areCentred(greys, ground);
  return { fit: isDigit ? 'digit' : 'whole', orientation: 'upright', ground };
}

/** Places of images at equal distances. */
function chooseImages(count: number, sampleShape: readonly number[]): number[] {
  const size = sampleShape.reduce((product, length) => product * length, 1);
  const chosen = Math.min(count, most.images, Math.max(1, Math.floor(most.values / size)));
  return Array.from({ length: chosen }, (_, k) => Math.floor((k * count) / chosen));
}

/** Mean of an image's channels. */
function greyOf(image: ArrayLike<number>, [channels, height, width]: readonly number[]): Plane {
  return planeOf(width, height, (place) => {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += image[c * height * width + place];
    return sum / channels;
  });
}

/** The ground that nearly all images have along their border, and none the opposite of. */
function groundOf(greys: readonly Plane[]): PictureGround | null {
  const borders = greys.map(borderOf);
  const grey = Math.round(middle(borders.map((border) => border.grey)));
  const isEven = ({ grey: own, evenness }: (typeof borders)[number]) =>
    Math.abs(own - grey) <= nearGrey && evenness >= 0.5;
  if (borders.filter(isEven).length < nearlyAll * borders.length) return null;
  const excess = greys.reduce((sum, { values }) => sum + meanOf(values) - grey, 0);
  const ink = excess > 0 ? 'bright' : 'dark';
  if (borders.some((border) => isOpposite(border, { grey, ink }))) return null;
  const sides = greys
    .map((plane) => longerSide(differenceFrom(plane, grey)))
    .filter((side) => side > 0);
  return sides.length === 0 ? null : { grey, ink, inkSide: middle(sides) };
}

/** Whether nearly all images have ink of one size, smaller than the image, with its mass in the middle. */
function areCentred(greys: readonly Plane[], { grey, inkSide }: PictureGround): boolean {
  const [{ width, height }] = greys;
  if (inkSide > 0.8 * Math.min(width, height)) return false;
  const centred = greys.filter((plane) => {
    const ink = differenceFrom(plane, grey);
    const [x, y] = centerOfMass(ink);
    const isCentred = Math.abs(x - width / 2) <= 1 && Math.abs(y - height / 2) <= 1;
    return isCentred && Math.abs(longerSide(ink) - inkSide) <= 1;
  });
  return centred.length >= nearlyAll * greys.length;
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
