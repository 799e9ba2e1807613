/** A decoded picture, row by row: `[height, width, channels]` bytes, upright, in sRGB. */
export interface Pixels {
  width: number;
  height: number;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha. */
  channels: 1 | 2 | 3 | 4;
  data: Uint8Array;
}
