import { encode } from 'fast-png';
import { toBase64 } from '../text/base64.ts';

/** Pixels as the PNG encoder takes them: `[height, width, channels]` bytes. */
export interface Picture {
  width: number;
  height: number;
  /** 1 grey, 3 RGB, 4 RGB with alpha. */
  channels: 1 | 3 | 4;
  data: Uint8Array;
}

/** A picture as an inline PNG, a `data:` URL. */
export function toPngUrl(picture: Picture): string {
  return `data:image/png;base64,${toBase64(encode(picture))}`;
}

/**
 * An image of the data set, `[channels, height, width]` bytes, as a picture: three channels as RGB,
 * any other number as the grey of the first.
 */
export function samplePicture(bytes: ArrayLike<number>, shape: readonly number[]): Picture {
  const [channels, height, width] = shape;
  const area = height * width;
  const shown = channels === 3 ? 3 : 1;
  const data = new Uint8Array(area * shown);
  for (let c = 0; c < shown; c++) {
    for (let pixel = 0; pixel < area; pixel++) data[pixel * shown + c] = bytes[c * area + pixel];
  }
  return { width, height, channels: shown, data };
}
