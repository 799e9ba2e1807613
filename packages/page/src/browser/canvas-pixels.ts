/** Pixels row by row, `[height, width, channels]` bytes: 1 grey, 4 RGB and alpha. */
export interface CanvasPixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 4;
  readonly data: Uint8Array | Uint8ClampedArray;
}
