// Connects this process with the other ranks that a launcher started.
import { ConfigurationError } from '@convbook/core';
import { checkMachineSettings } from '@convbook/run/settings';
import type { RankLink } from '@convbook/trainer/ranks';
import { launchedRank } from './launched-rank.ts';

export const launcherChoices = ['auto', 'mpi', 'none'] as const;

/** Looks for a launcher, insists on ranks, or trains each process by itself. */
export type LauncherChoice = (typeof launcherChoices)[number];

export interface JoinOptions {
  readonly launcher: LauncherChoice;
  readonly hangTimeout?: number | undefined;
}

const usualHangTimeout = 60;

/** A time that does not fit is refused later, when one rank can say so for all. */
function toHangTimeout(given = usualHangTimeout): number {
  try {
    checkMachineSettings({ hangTimeout: given });
    return given;
  } catch {
    return usualHangTimeout;
  }
}

/**
 * The link to the other ranks; null for a run of one process.
 *
 * @throws ConfigurationError where ranks cannot be connected.
 */
export async function joinRanks({ launcher, ...given }: JoinOptions): Promise<RankLink | null> {
  const isAlone = launcher === 'auto' && launchedRank() === null;
  if (launcher === 'none' || isAlone) return null;
  const { connectRanks, toLaunched } = await loadMpi();
  const launched = toLaunched(launcher);
  const isOne = launcher === 'auto' && launched?.ranks === 1;
  return launched === null || isOne
    ? null
    : connectRanks({ launched, hangTimeout: toHangTimeout(given.hangTimeout) });
}

async function loadMpi() {
  try {
    return await import('@convbook/mpi');
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === missing;
    if (!isMissing) throw cause;
    throw new ConfigurationError(
      '--launcher: expected the package @convbook/mpi, which connects ranks, got none; ' +
        'install it, or train each process by itself with --launcher none',
      { cause },
    );
  }
}

const missing = 'ERR_MODULE_NOT_FOUND';
