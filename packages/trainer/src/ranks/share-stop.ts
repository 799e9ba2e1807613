import { exitCodeOf, messageOf, nameOfRank, RankError } from './rank-error.ts';
import type { RankLink } from './rank-link.ts';
import { gatherTexts } from './tell.ts';

/** Tells all ranks by what this one was told to end the run; the first other that was, or null. */
export async function shareStop(
  link: RankLink,
  signal: AbortSignal | undefined,
): Promise<RankError | null> {
  const own: Stop | null = signal?.aborted ? describe(signal.reason) : null;
  const texts = await gatherTexts(link, JSON.stringify(own));
  const stops = texts.map((text) => JSON.parse(text) as Stop | null);
  const rank = stops.findIndex((stop, at) => stop !== null && at !== link.rank);
  const stop = stops[rank] ?? null;
  if (stop === null) return null;
  return new RankError(`${nameOfRank(rank, link.hosts[rank])}: ${stop.message}`, stop.exitCode);
}

interface Stop {
  readonly message: string;
  readonly exitCode: number;
}

function describe(reason: unknown): Stop {
  return { message: messageOf(reason), exitCode: exitCodeOf(reason) };
}
