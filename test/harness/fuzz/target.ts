import type fc from 'fast-check';

/** A reader and the inputs it is given. */
export interface Target {
  readonly name: string;
  /** This reader’s part of all inputs, relative to the others’. */
  readonly share: number;
  /** Writes what the reader needs into an empty folder. */
  prepare(folder: string): Opened | Promise<Opened>;
}

export interface Opened {
  readonly changes: fc.Arbitrary<unknown>;
  /** Writes the valid input with these changes, null for none; returns its size in bytes. */
  change(changes: unknown): number;
  /** Reads the input. */
  read(): unknown;
}

/** An `Opened` whose changes have a type of their own. */
export function opened<Changes>(
  changes: fc.Arbitrary<Changes>,
  change: (changes: Changes | null) => number,
  read: () => unknown,
): Opened {
  return { changes, change: (value) => change(value as Changes | null), read };
}
