import { availableParallelism, cpus } from 'node:os';
import type { RankLink } from '@convbook/trainer/ranks';

/** How many workers a rank runs on its host where nobody says so. */
export interface HostShare {
  /** The cores of the host, divided by its ranks. */
  readonly workers: number;
  /** The cores where the launcher lets the rank use only one of them, else null. */
  readonly pinnedOf: number | null;
}

/**
 * @param available Cores that this process may use: a launcher may have divided them already.
 * @param cores Cores of the host.
 */
export function hostShare(
  { rank, hosts }: Pick<RankLink, 'rank' | 'hosts'>,
  available = availableParallelism(),
  cores = cpus().length,
): HostShare {
  const ranksHere = hosts.filter((host) => host === hosts[rank]).length;
  const share = Math.max(1, Math.floor(cores / ranksHere));
  const isPinned = available === 1 && share > 1;
  return { workers: Math.min(available, share), pinnedOf: isPinned ? cores : null };
}

/** A warning where workers share a core while others are idle, else null. */
export function pinnedText({ pinnedOf }: HostShare): string | null {
  if (pinnedOf === null) return null;
  return (
    `launcher: expected the cores of the host for each rank, got 1 of ${pinnedOf}; ` +
    'start ranks with --bind-to none (mpirun) or --cpus-per-task (srun)'
  );
}
