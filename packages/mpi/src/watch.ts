// Finds lost ranks. When a call lasts, a rank asks the others for a sign of life. One that gives none is lost: it
// is stopped, or its host or network is gone. A call of workers ends once all ranks have joined it, so a rank
// that is alive and has not joined hangs. Calls of the main thread may last as long as all are alive, because
// rank 0 is busy between jobs.
import type { Flight } from './exchange-loop.ts';
import type { Signs } from './signs.ts';

export interface Verdict {
  readonly kind: 'silent' | 'late';
  /** None where all have joined a call that does not end. */
  readonly ranks: readonly number[];
  /** The lowest rank that is alive: it tells. */
  readonly teller: number;
}

export interface WatchOptions {
  readonly rank: number;
  readonly ranks: number;
  /** Seconds until a rank without a sign of life is lost; one that hangs has twice as long. */
  readonly hangTimeout: number;
  readonly signs: Pick<Signs, 'ask' | 'hasAnswered' | 'begunBy'>;
}

// Seconds that a rank has for an answer: its thread looks every few milliseconds.
const longestAnswer = 2;

export interface Watch {
  /** `now` in seconds, of a clock that stands still while this process is stopped. */
  look(flights: readonly Pick<Flight, 'number' | 'isPatient'>[], now: number): Verdict | null;
}

export function createWatch({ rank, ranks, hangTimeout, signs }: WatchOptions): Watch {
  const answerTime = Math.min(longestAnswer, hangTimeout / 2);
  const others = Array.from({ length: ranks }, (_, r) => r).filter((r) => r !== rank);
  let [number, begun, aliveAt] = [0, 0, 0];
  let asked: number | null = null;
  const tellerAmong = (silent: readonly number[]) =>
    Math.min(rank, others.find((r) => !silent.includes(r)) ?? rank);
  return {
    look([oldest], now) {
      if (oldest === undefined) return null;
      if (oldest.number !== number) {
        [number, begun, aliveAt] = [oldest.number, now, now];
        asked = null;
      }
      if (asked === null) {
        if (now - aliveAt < hangTimeout - answerTime) return null;
        signs.ask();
        asked = now;
      }
      const silent = others.filter((r) => !signs.hasAnswered(r));
      if (silent.length > 0) {
        if (now - asked < answerTime) return null;
        return { kind: 'silent', ranks: silent, teller: tellerAmong(silent) };
      }
      [aliveAt, asked] = [asked, null];
      if (oldest.isPatient || now - begun < 2 * hangTimeout - answerTime) return null;
      const late = others.filter((r) => signs.begunBy(r) < oldest.number);
      return { kind: 'late', ranks: late, teller: tellerAmong([]) };
    },
  };
}
