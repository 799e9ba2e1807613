// A run that a scheduler ends and starts again, by the same command, until it is complete.
import { join, resolve } from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { readRecord, runFiles, type RunRecord } from '@convbook/run';
import { fileSize } from '@convbook/run/writing';
import { typedIn } from './places.ts';
import { requeueCode } from './signals.ts';

/**
 * The folder of `--out` where a start with `--requeue` finds a run there; null where it is the first.
 *
 * @throws ConfigurationError where nothing names the folder.
 */
export function requeuedRun(out: string | undefined): string | null {
  if (out === undefined) {
    throw new ConfigurationError(
      '--requeue: expected --out with it, the folder in which the next start finds the run, got none; add --out DIR',
    );
  }
  const directory = resolve(typedIn, out);
  return hasBegun(directory) ? directory : null;
}

function hasBegun(directory: string): boolean {
  return fileSize(join(directory, runFiles.record)) !== null;
}

/** Says in which state a start finds its run; null where `--resume` asked for what it does. */
export function begunText(directory: string, requeue = false): string | null {
  // What is missing is told when the run is read.
  if (!hasBegun(directory)) return null;
  const isComplete = readRecord(directory).status === 'complete';
  if (!isComplete && !requeue) return null;
  return `${directory}: the run ${isComplete ? 'is complete already' : 'goes on'}`;
}

/** The exit code of a run that was trained to its end, or to a signal. */
export function endCode(
  { status }: Pick<RunRecord, 'status'>,
  signalled: number | null,
  requeue = false,
): number {
  const isEarly = status === 'interrupted';
  if (requeue) return isEarly ? requeueCode : 0;
  // A signal may come too late to end the training.
  return signalled ?? (isEarly ? 143 : 0);
}
