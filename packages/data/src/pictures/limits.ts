// How much a picture may cost. A picture beyond a limit is refused by its header, or by a watch while it is decoded.
import type { Metadata } from 'sharp';

/** Pixels of the largest picture that is decoded: telephones take 48 and 50 megapixels, some 64. */
export const mostPixels = 1 << 26;

/** Bytes that a picture may need where its format is not decoded row by row. */
const mostWholeBytes = 1 << 28;

/** Bytes that decoding row by row takes, with the result; measured: 45 MB for 48 megapixels. */
const workingBytes = 96 << 20;

/** Seconds of the processor for any picture's header, and as many to begin with its pixels; measured: 10 ms. */
const anySeconds = 0.25;

/** Measured: 2 to 18 ms in pictures of 48 megapixels, 31 ms in an AVIF of 16. */
const secondsPerMegapixel = 0.15;

/** What a header says of the cost, with the picture's size upright. */
export type Header = Pick<
  Metadata,
  'width' | 'height' | 'depth' | 'channels' | 'isProgressive' | 'chromaSubsampling' | 'autoOrient'
> & { space?: Metadata['space']; format: Metadata['format'] | 'bmp' };

/** What decoding a picture may take, known once its header is read. */
export interface Allowance {
  /** Growth of the process's resident memory. */
  bytes: number;
  /** Seconds of the processor. */
  seconds: number;
}

/** A header takes hardly any; one that is made to be large is seen here. */
export const headerAllowance: Allowance = { bytes: 32 << 20, seconds: anySeconds };

/** What a picture may take; a sentence where it would need more than any picture may, or has other samples. */
export function allowanceFor(header: Header): Allowance | string {
  const { width, height, format, depth } = header;
  if (depth !== 'uchar' && depth !== 'ushort') {
    return `expected samples of 8 or 16 bits, got ${depth}; save it again as PNG`;
  }
  const pixels = width * height;
  if (pixels > mostPixels) {
    return `expected at most ${Math.floor(mostPixels / 1e6)} megapixels, got ${width} × ${height} pixels; make it smaller`;
  }
  const whole = pixels * wholeBytes(header);
  if (whole > mostWholeBytes) {
    const name = format === 'heif' ? 'AVIF' : format.toUpperCase();
    return `expected a picture that needs at most ${mostWholeBytes >> 20} MiB of memory, got ${name} of ${width} × ${height} pixels; make it smaller, or save it as JPEG`;
  }
  const seconds = (secondsPerMegapixel * pixels) / 1e6;
  return { bytes: workingBytes + whole, seconds: 2 * anySeconds + seconds };
}

/** Bytes for each pixel that are kept until the whole picture is decoded. */
function wholeBytes({ format, isProgressive, channels, depth, chromaSubsampling }: Header) {
  const sampleBytes = depth === 'ushort' ? 2 : 1;
  switch (format) {
    case 'jpeg': // coefficients of 16 bits
      return isProgressive ? 2 * channels * (chromaSubsampling === '4:2:0' ? 0.5 : 1) : 0;
    case 'png':
      return isProgressive ? channels * sampleBytes : 0;
    case 'tiff': // one strip may have all rows
      return channels * sampleBytes;
    case 'webp':
      return 4;
    case 'bmp': // the file, and palette entries or pixels
      return 8;
    case 'gif':
      return 6; // measured 5.5
    default:
      return 18; // AVIF, measured 17.5
  }
}
