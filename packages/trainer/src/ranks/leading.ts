import { createLead, type Lead } from './lead.ts';
import type { RankLink } from './rank-link.ts';

interface LeadOptions {
  readonly link?: RankLink | undefined;
  readonly dataFrom?: string | undefined;
}

/**
 * Does the work of rank 0 and ends all ranks after it, with the error's exit code where it failed. Without
 * other ranks there is nothing to lead.
 */
export async function leading<Result>(
  { link, dataFrom }: LeadOptions,
  work: (lead: Lead | null) => Promise<Result>,
): Promise<Result> {
  if (link === undefined || link.ranks === 1) return work(null);
  if (link.rank !== 0) {
    throw new Error(`train: expected rank 0, which leads, got rank ${link.rank}; call follow()`);
  }
  const lead = createLead(link, dataFrom);
  const result = await work(lead).catch(async (error: unknown) => {
    await lead.fail(error);
    throw error;
  });
  await lead.leave();
  return result;
}
