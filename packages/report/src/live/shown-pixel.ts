import type { LayerValues } from '@convbook/runtime/network';
import type { Explanation } from './explain-place.ts';
import type { PixelState } from './pixel-state.ts';

/** The chosen pixel, how it comes about, and the image that went through the model. */
export interface ShownPixel extends PixelState {
  readonly explanation: Explanation;
  readonly answer: LayerValues;
  readonly bytes: Uint8Array;
}
