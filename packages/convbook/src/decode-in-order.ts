// Decodes pictures side by side and acts on them in the order typed.
import { ConfigurationError } from '@convbook/core';
import { decodeAll, type Decoded, type PictureFile } from '@convbook/data/folder';
import type { Pixels } from '@convbook/data/pictures';

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

/**
 * Decodes pictures side by side. One that is refused leaves the others their results.
 *
 * @throws the signal's reason once it is aborted.
 */
export async function decodeInOrder<Result>(
  files: readonly PictureFile[],
  { make, take, refuse, onProgress, signal }: DecodingSteps<Result>,
): Promise<void> {
  const waiting = new Map<number, Decoded<Result>>();
  let taken = 0;
  await decodeAll(
    files,
    async (decoder, { path, where }) => make(await decoder.decode(path, where), where),
    (at, decoded) => {
      waiting.set(at, decoded);
      for (let next; (next = waiting.get(taken)); taken++) {
        waiting.delete(taken);
        if ('problem' in next) refuse(new ConfigurationError(next.problem));
        else take(next.result);
      }
    },
    { onProgress, signal },
  );
}
