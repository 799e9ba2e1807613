import type { RecordedRank, TimingEvent } from '@convbook/run';

/** A training without an interruption, or several by the same processes. */
export interface RankSession {
  /** The steps that were done before. */
  readonly step: number;
  readonly workers: number;
  /** Empty where one process trained. */
  readonly ranks: readonly RecordedRank[];
  readonly library: string;
}

/** Who trained one after the other: a resumed run may have other ranks each time. Empty where none had several. */
export function rankSessions(timing: readonly TimingEvent[]): RankSession[] {
  const starts = timing.filter((event) => event.event === 'start');
  if (!starts.some(({ ranks }) => ranks !== undefined)) return [];
  return starts
    .map(({ step, workers, ranks = [], library = 'MPI' }) => ({ step, workers, ranks, library }))
    .filter((session, k, all) => k === 0 || !isAlike(session, all[k - 1]));
}

/** How many ranks there were, and then; sessions of as many that follow each other count once. */
export function rankCounts(timing: readonly TimingEvent[]): number[] {
  return rankSessions(timing)
    .map(({ ranks }) => Math.max(1, ranks.length))
    .filter((count, k, all) => count !== all[k - 1]);
}

function isAlike(one: RankSession, other: RankSession): boolean {
  const facts = ({ ranks, library }: RankSession) => JSON.stringify([ranks, library]);
  return facts(one) === facts(other);
}
