// Decodes pictures, many of them with a process for each core. Images are made there; here they are only collected.
import { availableParallelism } from 'node:os';
import { ConfigurationError } from '@convbook/core';
import { openDecoder, type Decoder } from '../pictures/index.ts';

/** A picture to decode. */
export interface PictureFile {
  readonly path: string;
  /** Names it in errors. */
  readonly where: string;
}

/** What a picture became, or why it cannot be decoded: a sentence that begins with its name. */
export type Decoded<Result> = { readonly result: Result } | { readonly problem: string };

/** Whom to tell how many pictures are done, and when to end early. */
export interface DecodingOptions {
  onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** To start a decoder takes as long as so many pictures, and 50 MB. */
const leastPerDecoder = 16;

/** The next picture's beginning is read while one is decoded. */
const picturesPerDecoder = 2;

/**
 * Reads every file with some decoder and calls `onResult` with its place among the files as soon as it is read: in
 * any order, never twice at once. The next picture of a decoder waits for a promise that `onResult` returns.
 *
 * @throws the signal's reason once it is aborted, and what `onResult` throws.
 */
export async function decodeAll<Result>(
  files: readonly PictureFile[],
  read: (decoder: Decoder, file: PictureFile) => Promise<Result>,
  onResult: (at: number, decoded: Decoded<Result>) => void | Promise<void>,
  { onProgress, signal }: DecodingOptions = {},
): Promise<void> {
  signal?.throwIfAborted();
  let [next, done] = [0, 0];
  const work = async (decoder: Decoder) => {
    while (next < files.length) {
      const at = next++;
      const decoded = await decodeOne(() => read(decoder, files[at]));
      signal?.throwIfAborted();
      await onResult(at, decoded);
      onProgress?.(++done, files.length);
    }
  };
  const useful = Math.ceil(files.length / leastPerDecoder);
  const decoders = Array.from({ length: Math.min(availableParallelism(), useful) }, () =>
    openDecoder(),
  );
  const works = decoders.flatMap((decoder) =>
    Array.from({ length: picturesPerDecoder }, () => work(decoder)),
  );
  try {
    await Promise.all(works);
  } finally {
    next = files.length;
    await Promise.allSettled(works);
    await Promise.all(decoders.map((decoder) => decoder.close()));
  }
}

async function decodeOne<Result>(read: () => Promise<Result>): Promise<Decoded<Result>> {
  try {
    return { result: await read() };
  } catch (error) {
    if (error instanceof ConfigurationError) return { problem: error.message };
    throw error;
  }
}
