import type { PictureFit } from './picture-image.ts';

/** How a data set's images were made from pictures. Predictions make a new picture's image the same way. */
export interface PictureDescription {
  /**
   * `digit`: the ink is cut out, scaled and centred by mass, as MNIST's is; `whole`: the whole picture is scaled;
   * others: the data set was made from a folder of pictures by `pictureImage`.
   */
  readonly fit: 'digit' | 'whole' | PictureFit;
  /** `transposed`: rows of the image are columns of the picture, as in EMNIST. */
  readonly orientation: 'upright' | 'transposed';
  /** What the ink stands on; null where images have no even ground, as photographs do. */
  readonly ground: PictureGround | null;
  /** Grey of transparent parts and of bars, 0 to 255, where pictures were read by a `PictureFit`; 255 without it. */
  readonly background?: number | undefined;
}

/** The even ground of a data set's images, and the ink on it. */
export interface PictureGround {
  /** Grey of the ground, 0 to 255. */
  readonly grey: number;
  /** Whether the ink is brighter or darker than the ground. */
  readonly ink: 'bright' | 'dark';
  /** Pixels of the longer side of the ink: the middle one of all images. */
  readonly inkSide: number;
}
