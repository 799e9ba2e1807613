// The end of a command over ranks: rank 0 says all there is to say, and every rank has its exit code.
import {
  createRounds,
  nameOfRank,
  sharedBytes,
  spreadBytes,
  type RankLink,
} from '@convbook/trainer/ranks';
import { refuse } from '../command.ts';

/** A process among the ranks of a run. */
export interface RankPart {
  readonly link: RankLink;
  /** Called right before the ranks meet: then they tell each other what goes wrong. */
  readonly begin: () => void;
}

/**
 * Does a rank's part of a command. A launcher ends all ranks once one has ended with another code than 0, so
 * none ends before rank 0 has written everything.
 */
export async function asRank(
  link: RankLink,
  work: (part: RankPart) => Promise<void>,
): Promise<void> {
  let hasBegun = false;
  try {
    await work({ link, begin: () => (hasBegun = true) });
  } catch (error) {
    if (!hasBegun) await createRounds(link).fail(error);
    // The others have told rank 0 of theirs.
    if (link.rank === 0) refuse(error);
  }
  process.exitCode = await shareExitCode(link, Number(process.exitCode ?? 0));
  await link.close();
}

/** The exit code of rank 0, on all ranks. The others wait until it has one. */
async function shareExitCode(link: RankLink, own: number): Promise<number> {
  const bytes = sharedBytes(1);
  bytes[0] = own;
  await spreadBytes(link, bytes);
  return bytes[0];
}

/** Ends all ranks at once, where a second signal says so. */
export function leaveAll(link: RankLink): (exitCode: number) => void {
  const name = nameOfRank(link.rank, link.hosts[link.rank]);
  return (exitCode) => {
    void link.abort(
      `${name}: expected to save, got a second signal; go on with --resume`,
      exitCode,
    );
  };
}
