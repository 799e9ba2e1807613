// Formats by their first bytes. Only those listed as decoded are ever given to libvips.
import { ConfigurationError } from '@convbook/core';

/** Bytes at the beginning of a file that tell its format. */
export const headBytes = 64;

/** Who reads a format: libvips, or the reader of BMP. */
export type ReaderName = 'libvips' | 'bmp';

/** Where a signature stands, and its bytes as Latin-1. */
type Signature = readonly [offset: number, bytes: string];

const decoded: readonly Signature[] = [
  [0, '\x89PNG\r\n\x1a\n'],
  [0, '\xff\xd8\xff'], // JPEG
  [8, 'WEBPVP8'],
  [0, 'GIF87a'],
  [0, 'GIF89a'],
  [0, 'II*\0'], // TIFF, little-endian
  [0, 'MM\0*'], // TIFF, big-endian
];

const refused: readonly (readonly [name: string, ...Signature])[] = [
  ['an HEIC picture or a film', 4, 'ftyp'],
  ['a JPEG XL picture', 0, '\xff\x0a'],
  ['a JPEG XL picture', 4, 'JXL '],
  ['a JPEG 2000 picture', 4, 'jP  '],
  ['a Photoshop file', 0, '8BPS'],
  ['an icon', 0, '\0\0\x01\0'],
  ['a PDF document', 0, '%PDF'],
  ['a ZIP archive', 0, 'PK\x03\x04'],
  ['a gzip file', 0, '\x1f\x8b'],
  ['an SVG drawing or another text of tags', 0, '<'],
];

/**
 * Who reads a file.
 *
 * @param head The first `headBytes` bytes of the file, or all where it is shorter.
 * @throws ConfigurationError where the format is not one that is decoded.
 */
export function checkFormat(head: Uint8Array, where: string): ReaderName {
  const text = Buffer.from(head.subarray(0, headBytes)).toString('latin1');
  if (decoded.some((signature) => stands(text, signature)) || isAvif(text)) return 'libvips';
  if (stands(text, [0, 'BM'])) return 'bmp';
  throw new ConfigurationError(
    `${where}: expected a PNG, JPEG, WebP, GIF, AVIF, TIFF or BMP picture, got ${describe(text)}; save it as PNG`,
  );
}

/** Brands of AVIF stand among the others of the first box, which HEIC has, too. */
function isAvif(text: string): boolean {
  return stands(text, [4, 'ftyp']) && (text.includes('avif') || text.includes('avis'));
}

function stands(text: string, [offset, bytes]: Signature): boolean {
  return text.startsWith(bytes, offset);
}

function describe(text: string): string {
  if (text === '') return 'an empty file';
  const plain = text.replace(/^(\xef\xbb\xbf)?\s*/, '');
  const known = refused.find(([, ...signature]) => stands(plain, signature));
  if (known) return known[0];
  const start = Array.from(text.slice(0, 4), (character) =>
    character.charCodeAt(0).toString(16).padStart(2, '0'),
  );
  return `a file that begins with ${start.join(' ')}`;
}
