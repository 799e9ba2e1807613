// Decodes pictures, many of them with a decoder for each core, and acts on them in the order typed.
import { availableParallelism } from 'node:os';
import { ConfigurationError } from '@convbook/core';
import { openDecoder, type Decoder, type Pixels } from '@convbook/data/pictures';

/** A picture to decode. */
export interface PictureFile {
  readonly path: string;
  /** Names it in answers and errors. */
  readonly where: string;
}

/** What to do with pictures, and when to end early. */
export interface DecodingSteps<Result> {
  /** Makes a result as soon as a picture is decoded; the pixels are not kept. */
  make(pixels: Pixels, where: string): Result;
  /** Receives every result, in the order of the files. */
  take(result: Result): void;
  /** Receives the error of a picture that is refused, in its place among the results. */
  refuse(error: ConfigurationError): void;
  onProgress(done: number, total: number): void;
  readonly signal: AbortSignal;
}

/** To start a decoder takes as long as so many pictures, and 50 MB. */
const leastPerDecoder = 16;

/**
 * Decodes pictures side by side. One that is refused leaves the others their results.
 *
 * @throws the signal's reason once it is aborted.
 */
export async function decodeInOrder<Result>(
  files: readonly PictureFile[],
  { make, take, refuse, onProgress, signal }: DecodingSteps<Result>,
): Promise<void> {
  const remaining = files.entries();
  const waiting = new Map<number, () => void>();
  let [done, taken] = [0, 0];
  const work = async (decoder: Decoder) => {
    for (const [at, file] of remaining) {
      signal.throwIfAborted();
      const outcome = await decodeOne(decoder, file, make);
      signal.throwIfAborted();
      waiting.set(at, () => ('error' in outcome ? refuse(outcome.error) : take(outcome.result)));
      onProgress(++done, files.length);
      for (let next; (next = waiting.get(taken)); taken++) {
        next();
        waiting.delete(taken);
      }
    }
  };
  const useful = Math.ceil(files.length / leastPerDecoder);
  const decoders = Array.from({ length: Math.min(availableParallelism(), useful) }, () =>
    openDecoder(),
  );
  try {
    await Promise.all(decoders.map(work));
  } finally {
    await Promise.all(decoders.map((decoder) => decoder.close()));
  }
}

type Outcome<Result> = { readonly result: Result } | { readonly error: ConfigurationError };

async function decodeOne<Result>(
  decoder: Decoder,
  { path, where }: PictureFile,
  make: DecodingSteps<Result>['make'],
): Promise<Outcome<Result>> {
  try {
    return { result: make(await decoder.decode(path, where), where) };
  } catch (error) {
    if (error instanceof ConfigurationError) return { error };
    throw error;
  }
}
