// The trained parameters that a run began with, in place of initial weights of its own.
import * as v from 'valibot';
import { list, number, object, oneOf, sha256, text } from '../checks/fields.ts';
import type { RecordedPath } from './sources.ts';

/** Why a parameter has an initial weight of its own: the source has none, or another shape or type. */
export interface LeftParameter {
  name: string;
  reason: 'missing' | 'shape' | 'type';
  /** The model's shape. */
  shape: number[];
  /** The source's shape or type. */
  found?: number[] | string;
}

/** `start` of `run.json`. The parameters that were taken are in `start.safetensors`, so the source may go. */
export interface RecordedStart {
  /** A run, whose `model.safetensors` was read, or a file. */
  source: RecordedPath & { kind: 'run' | 'file'; name: string };
  /** SHA-256 of the file that was read. */
  sha256: string;
  /** SHA-256 of `start.safetensors`. */
  ownSha256: string;
  /** Full names of the parameters that were taken, running statistics among them. */
  taken: string[];
  left: LeftParameter[];
  /** Where `data.standardization` has the numbers of the source's data. */
  isScaledAsSource?: true;
}

/** The check of `start`. */
export const recordedStart = object({
  source: object({
    kind: oneOf('run', 'file'),
    name: text,
    relativePath: v.optional(text),
    absolutePath: v.optional(text),
  }),
  sha256,
  ownSha256: sha256,
  taken: list(text, 1),
  left: list(
    object({
      name: text,
      reason: oneOf('missing', 'shape', 'type'),
      shape: list(number),
      found: v.optional(v.union([text, list(number)], 'a shape or a type')),
    }),
  ),
  isScaledAsSource: v.optional(oneOf(true)),
});
