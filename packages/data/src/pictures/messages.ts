// Between the process that asks and the one that decodes.
import type { Pixels } from './pixels.ts';

/** A picture: a file's path, or its bytes. */
export type Source = string | Uint8Array;

export interface Request {
  source: Source;
  /** In pixels; a picture with a longer side is reduced to it. */
  longestSide: number;
}

/** The picture, or why there is none: the rest of a sentence that begins with the file's name. */
export type Answer = { pixels: Pixels } | { problem: string };

/** A process that is ending takes no more requests. */
export type Reply = Answer & { isEnding: boolean };
