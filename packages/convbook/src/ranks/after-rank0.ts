// Ranks that cannot join each other: one of them says why, and ends the others.
import { writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { ConfigurationError } from '@convbook/core';
import { nameOfRank } from '@convbook/trainer/ranks';
import { launchedRank } from './launched-rank.ts';

/** Longer than rank 0 takes to fail likewise: its launcher then ends the others. */
const patienceMilliseconds = 10_000;

/** Resolves at once on rank 0; on another only where the failure is its own, and it has to speak. */
export async function afterRank0(): Promise<void> {
  process.once('exit', endRanksOfMpich);
  if (isFollower()) await setTimeout(patienceMilliseconds);
}

/** The error of a rank that speaks for itself: it has the rank's name, unless that is rank 0. */
export function withRank(error: unknown): unknown {
  if (!isFollower() || !(error instanceof ConfigurationError)) return error;
  const name = nameOfRank(launchedRank() ?? 0, hostname());
  return new ConfigurationError(`${name}: ${error.message}`, { cause: error });
}

export function isFollower(): boolean {
  return (launchedRank() ?? 0) > 0;
}

// The launcher loses lines that it has not read when it ends the ranks: 2 of 30 where it was asked at once.
const readingMilliseconds = 1000;

/**
 * Open MPI ends all ranks where one ends with an error. The launcher of MPICH does so for a rank that has not begun
 * MPI only when it is asked, by a command of its wire protocol (PMI-1).
 */
function endRanksOfMpich(exitCode: number): void {
  const { PMI_FD: descriptor, MPI_LOCALNRANKS: ofMpich } = process.env;
  if (descriptor === undefined || ofMpich === undefined) return;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, readingMilliseconds);
  try {
    writeSync(Number(descriptor), `cmd=abort exitcode=${exitCode}\n`);
  } catch {
    // MPI has closed it: the launcher knows.
  }
}
