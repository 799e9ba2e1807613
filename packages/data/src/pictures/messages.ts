// Between the process that asks and the one that decodes.
import type { PictureFit } from '@convbook/core/pictures';
import type { ReaderName } from './formats.ts';
import type { Pixels } from './pixels.ts';

/** A picture: a file's path, or its bytes. */
export type Source = string | Uint8Array;

/** Pixels in the width and height of a picture, upright. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** How `pictureImage` makes the images of a data set. */
export interface ImageMaking {
  /** `[channels, height, width]`. */
  readonly shape: readonly [number, number, number];
  readonly fit: PictureFit;
  /** Grey of transparent parts and of bars, 0 to 255. */
  readonly background: number;
}

/** An image of a data set, and the picture it was made from. */
export interface DecodedImage extends PictureSize {
  /** `[channels, height, width]`. */
  readonly bytes: Uint8Array;
  /** Whether the picture has no colour. */
  readonly isGrey: boolean;
}

/** What a picture may become, by name. */
export interface Products {
  pixels: Pixels;
  size: PictureSize;
  image: DecodedImage;
}

export interface Request<Kind extends keyof Products = keyof Products> {
  source: Source;
  reader: ReaderName;
  /** In pixels; a picture with a longer side is reduced to it. */
  longestSide: number;
  want: Kind;
  /** For an image. */
  making?: ImageMaking | undefined;
}

/** What was wanted, or why there is none: the rest of a sentence that begins with the file's name. */
export type Answer<Product> = { product: Product } | { problem: string };

/** A process that is ending takes no more requests. */
export type Reply<Product> = Answer<Product> & { isEnding: boolean };
