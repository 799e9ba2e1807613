export { openDecoder } from './open-decoder.ts';
export type { Decoder, DecoderOptions } from './open-decoder.ts';
export { onBackground } from './pixels.ts';
export type { OpaquePixels, Pixels } from './pixels.ts';
