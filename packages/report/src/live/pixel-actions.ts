import type { LayerPixel } from './layer-pixel.ts';

/** The ways from the numbers of a pixel to others. */
export interface PixelActions {
  /** Goes down to the pixel that is read at an index of the input; null where that is the image. */
  wayDown(index: number): (() => void) | null;
  goTo(pixel: LayerPixel): void;
  chooseChannel(channel: number): void;
}
