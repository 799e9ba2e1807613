// A run over ranks begins in rounds: in each, every rank tells all others something, or that it ends and
// why. So none waits for a rank that has failed, and all end with the same line and exit code.
import { exitCodeOf, messageOf, nameOfRank, RankError } from './rank-error.ts';
import type { RankLink } from './rank-link.ts';
import { gatherTexts } from './tell.ts';

/** The rounds of one rank. All ranks make the same calls, or one of those that end. */
export interface Rounds {
  /**
   * Tells all what this rank says in the round; what each says, by rank. It is plain data.
   *
   * @throws RankError when a rank ends instead, naming the first.
   */
  tell<Said>(own: Said): Promise<Said[]>;
  /** Runs a check of what all told: where it throws it does so on all ranks. */
  check(run: () => void): void;
  /** Tells all in the next round that this rank ends by an error. */
  fail(error: unknown): Promise<void>;
  /** Tells all in the next round that there is nothing to do. */
  leave(): Promise<void>;
}

interface Ending {
  readonly exitCode: number;
  readonly message: string;
}

type Entry<Said> = { readonly said: Said } | { readonly end: Ending };

/** Rounds before the first: a rank that fails before it calls `train`, `resume` or `follow` tells the others by `fail`. */
export function createRounds(link: RankLink): Rounds {
  let isOver = false;
  const exchange = async <Said>(own: Entry<Said>) => {
    const texts = await gatherTexts(link, JSON.stringify(own));
    return texts.map((text) => JSON.parse(text) as Entry<Said>);
  };
  const end = async (ending: Ending) => {
    // All know already why the run ends.
    if (isOver) return;
    isOver = true;
    await exchange({ end: ending });
  };
  return {
    async tell<Said>(said: Said) {
      const entries = await exchange<Said>({ said });
      const rank = entries.findIndex((entry) => 'end' in entry);
      if (rank < 0) return entries.flatMap((entry) => ('said' in entry ? [entry.said] : []));
      isOver = true;
      throw toError(link, rank, entries[rank]);
    },
    check(run) {
      try {
        run();
      } catch (error) {
        isOver = true;
        throw error;
      }
    },
    fail: (error) => end({ exitCode: exitCodeOf(error), message: messageOf(error) }),
    leave: () => end({ exitCode: 0, message: 'there is nothing to do' }),
  };
}

function toError(link: RankLink, rank: number, entry: Entry<unknown>): RankError {
  if (!('end' in entry)) throw new Error(`rounds: expected rank ${rank} to end, got what it says`);
  const { message, exitCode } = entry.end;
  return new RankError(`${nameOfRank(rank, link.hosts[rank])}: ${message}`, exitCode);
}
