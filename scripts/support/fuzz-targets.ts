// Every reader of files that a user may get from somewhere, with a valid input and what is done to it.
import type fc from 'fast-check';
import { checkpointTarget } from './fuzz-checkpoint.ts';
import { idxTargets } from './fuzz-idx.ts';
import { modelTarget } from './fuzz-model.ts';
import { runTargets } from './fuzz-run-files.ts';
import { safetensorsTarget } from './fuzz-safetensors.ts';

/** A reader and the inputs it is given. */
export interface Target {
  readonly name: string;
  /** Of all inputs, the part for this reader. */
  readonly share: number;
  /** Writes what the reader needs into an empty folder. */
  prepare(folder: string): Opened | Promise<Opened>;
}

export interface Opened {
  readonly changes: fc.Arbitrary<unknown>;
  /** Makes the changes; returns the bytes of the input. */
  change(changes: unknown): number;
  /** Reads the input as it now is. */
  read(): unknown;
}

/** An `Opened` whose changes have a type of their own. */
export function opened<Changes>(
  changes: fc.Arbitrary<Changes>,
  change: (changes: Changes) => number,
  read: () => unknown,
): Opened {
  return { changes, change: (value) => change(value as Changes), read };
}

export const targets: readonly Target[] = [
  ...idxTargets,
  safetensorsTarget,
  checkpointTarget,
  ...runTargets,
  modelTarget,
];
