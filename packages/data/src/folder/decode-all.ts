// Decodes many pictures with a decoder for each core; results keep the order of the files.
import { availableParallelism } from 'node:os';
import { ConfigurationError } from '@convbook/core';
import { onBackground, type OpaquePixels } from '@convbook/core/pictures';
import { openDecoder, type Decoder } from '../pictures/index.ts';

/** A picture to decode. */
export interface PictureFile {
  readonly path: string;
  /** Names it in errors. */
  readonly where: string;
}

/** What a picture became, or why it cannot be decoded: a sentence that begins with its name. */
export type Decoded<Result> = { readonly result: Result } | { readonly problem: string };

/** How many pictures are decoded, and when to end early. */
export interface DecodingOptions {
  /** Grey of transparent parts. */
  readonly background?: number | undefined;
  onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Decodes pictures and makes a result of each, one picture of every decoder in memory.
 *
 * @param make Gets a picture and the place of its file.
 *
 * @throws the signal's reason once it is aborted.
 */
export async function decodeAll<Result>(
  files: readonly PictureFile[],
  make: (picture: OpaquePixels, at: number) => Result,
  { background, onProgress, signal }: DecodingOptions = {},
): Promise<Decoded<Result>[]> {
  const results = new Array<Decoded<Result>>(files.length);
  const remaining = files.entries();
  let done = 0;
  const work = async (decoder: Decoder) => {
    for (const [at, file] of remaining) {
      signal?.throwIfAborted();
      results[at] = await decodeOne(decoder, file, (pixels) =>
        make(onBackground(pixels, background), at),
      );
      onProgress?.(++done, files.length);
    }
  };
  const decoders = Array.from({ length: Math.min(availableParallelism(), files.length) }, () =>
    openDecoder(),
  );
  try {
    await Promise.all(decoders.map(work));
  } finally {
    await Promise.all(decoders.map((decoder) => decoder.close()));
  }
  return results;
}

async function decodeOne<Result>(
  decoder: Decoder,
  { path, where }: PictureFile,
  make: (pixels: Awaited<ReturnType<Decoder['decode']>>) => Result,
): Promise<Decoded<Result>> {
  try {
    return { result: make(await decoder.decode(path, where)) };
  } catch (error) {
    if (error instanceof ConfigurationError) return { problem: error.message };
    throw error;
  }
}
