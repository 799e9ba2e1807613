// What the process that decodes answers; nothing here knows of processes.
import type * as Library from './decode-picture.ts';
import { allowanceFor, type Allowance } from './limits.ts';
import { makeImage } from './make-image.ts';
import type { Answer, Products, Request } from './messages.ts';

/** What is wanted of a picture, or why there is none; `allow` is told what its pixels may take. */
export async function answerRequest(
  { source, reader, longestSide, want, making }: Request,
  { readHeader, decodePicture }: typeof Library,
  allow: (allowance: Allowance) => void,
): Promise<Answer<Products[keyof Products]>> {
  try {
    const header = await readHeader(source, reader);
    const allowance = allowanceFor(header);
    if (typeof allowance === 'string') return { problem: allowance };
    const size = header.autoOrient;
    if (want === 'size') return { product: size };
    allow(allowance);
    const pixels = await decodePicture(source, header, longestSide);
    return { product: making ? makeImage(pixels, size, making) : pixels };
  } catch (error) {
    return { problem: undecodable(lineOf(error)) };
  }
}

export function undecodable(got: string): string {
  return `the picture cannot be decoded, got ${got}; save it again as PNG`;
}

/** The first line of libvips that says something: what was sought and where is not for users. */
export function lineOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const lines = message
    .replace(/^Input (buffer|file) (has corrupt header:|contains unsupported image format)\s*/, '')
    .split('\n');
  const line = lines.find((text) => !text.startsWith('source: ')) ?? '';
  return line.replace(/\W+$/, '') || 'a damaged header';
}
