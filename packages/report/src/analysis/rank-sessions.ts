import type { RecordedRank, TimingEvent } from '@convbook/run';

/** A training without an interruption, or several by the same processes. */
export interface RankSession {
  /** The steps that were done before. */
  readonly step: number;
  readonly workers: number;
  /** Null where one process trained. */
  readonly ranks: readonly RecordedRank[] | null;
  readonly library: string;
}

/** Who trained one after the other: a resumed run may have other ranks each time. Empty where none had several. */
export function rankSessions(timing: readonly TimingEvent[]): RankSession[] {
  const starts = timing.filter((event) => event.event === 'start');
  if (!starts.some(({ ranks }) => ranks !== undefined)) return [];
  return starts
    .map(({ step, workers, ranks = null, library = 'MPI' }) => ({ step, workers, ranks, library }))
    .filter((session, k, all) => k === 0 || !isAlike(session, all[k - 1]));
}

function isAlike(one: RankSession, other: RankSession): boolean {
  const facts = ({ ranks, library }: RankSession) => JSON.stringify(ranks && [ranks, library]);
  return facts(one) === facts(other);
}
