// A run over ranks of this process: rank 0 trains, the others follow.
import { follow, type FollowOptions } from '../ranks/follow.ts';
import type { RankLink } from '../ranks/rank-link.ts';
import { createEndingLinks, type Abortion } from './ending-links.ts';

/** How the ranks ended. */
export interface RanksOutcome<Result> {
  readonly lead: PromiseSettledResult<Result>;
  readonly followers: readonly PromiseSettledResult<number>[];
  readonly aborted: Abortion | null;
}

/** What a follower has, by rank. */
export type FollowerOptions = (rank: number) => Omit<FollowOptions, 'link'>;

export async function runOverRanks<Result>(
  ranks: number,
  lead: (link: RankLink) => Promise<Result>,
  optionsOf: FollowerOptions,
): Promise<RanksOutcome<Result>> {
  const { links, aborted } = createEndingLinks(ranks);
  const [first, ...others] = links;
  const following = others.map((link) => follow({ ...optionsOf(link.rank), link }));
  const [settledLead, settled] = await Promise.all([
    Promise.allSettled([lead(first)]),
    Promise.allSettled(following),
  ]);
  await Promise.all(links.map((link) => link.close()));
  return { lead: settledLead[0], followers: settled, aborted: aborted() };
}

/** The exit codes of followers of a run that ended well. */
export async function trainOverRanks(
  ranks: number,
  lead: (link: RankLink) => Promise<unknown>,
  optionsOf: FollowerOptions,
): Promise<number[]> {
  const outcome = await runOverRanks(ranks, lead, optionsOf);
  if (outcome.lead.status === 'rejected') throw outcome.lead.reason;
  return outcome.followers.map((settled) => {
    if (settled.status === 'rejected') throw settled.reason;
    return settled.value;
  });
}
