export { formatName } from './format-name.ts';
export { openDecoder } from './open-decoder.ts';
export type { Decoder, DecoderOptions } from './open-decoder.ts';
export type { DecodedImage, ImageMaking, PictureSize } from './messages.ts';
export type { Pixels } from './pixels.ts';
