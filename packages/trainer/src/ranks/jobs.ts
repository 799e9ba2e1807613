// Rank 0 announces to the other ranks, job by job, what to do.
import type { EvaluatedName } from '../engine/evaluated-sets.ts';
import type { RankLink } from './rank-link.ts';
import { spreadText } from './tell.ts';

export type RankJob =
  /** The whole state follows. */
  | { readonly kind: 'state' }
  /** An epoch begins, or goes on after some of its batches; the order of its samples follows. */
  | {
      readonly kind: 'epoch';
      readonly stepsBefore: number;
      readonly batchesDone: number;
      readonly rateFactor: number;
    }
  | { readonly kind: 'train'; readonly from: number; readonly to: number }
  | { readonly kind: 'evaluate'; readonly set: EvaluatedName }
  | { readonly kind: 'end'; readonly exitCode: number };

export async function announceJob(link: RankLink, job: RankJob): Promise<void> {
  await spreadText(link, JSON.stringify(job));
}

/** Waits for the next job, however long rank 0 takes between two. */
export async function nextJob(link: RankLink): Promise<RankJob> {
  return JSON.parse(await spreadText(link, '')) as RankJob;
}
