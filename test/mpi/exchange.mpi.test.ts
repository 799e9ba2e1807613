// What ranks exchange by MPI, as real launchers start them.
import { expect, test } from 'vitest';
import {
  describeUnder,
  mpich,
  openMpi,
  runRanks,
  type LauncherCommand,
} from '../harness/mpi/launchers.ts';
import { rankWords } from '../harness/mpi/rank-words.ts';

interface Outcome {
  readonly rank: number;
}

/** What each rank printed, by rank. */
async function outcomesOf(launcher: LauncherCommand, ranks: number, ...words: readonly string[]) {
  const { status, stdout, lines } = await runRanks('.', launcher.words(ranks).concat(words));
  expect([status, lines]).toEqual([0, []]);
  const outcomes = stdout.trim().split(/\s*\n/);
  return outcomes.map((line) => JSON.parse(line) as Outcome).sort((a, b) => a.rank - b.rank);
}

const sumTo = (count: number) => (count * (count - 1)) / 2;
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Rank r has r bytes to gather and 1,500,001 more, gives r + 1 bytes to rank r, and the first spreads 3. */
function expectedOf(library: RegExp, rank: number, ranks: number) {
  const given = sumTo(ranks + 1);
  return {
    rank,
    ranks,
    hosts: ranks,
    library: expect.stringMatching(library) as unknown,
    gathered: upTo(ranks).flatMap((r) => upTo(r).map(() => 10 + r)),
    spread: [7, 8, 9],
    scattered: upTo(ranks).flatMap((r) =>
      upTo(rank + 1).map((i) => (100 * r + sumTo(rank + 1) + i) % 256),
    ),
    sums: upTo(ranks).map((r) => (r + 1) * 1_500_001),
    sent:
      (rank + 1_500_001) * (ranks - 1) + given - (rank + 1) + (rank === 0 ? 3 * (ranks - 1) : 0),
    trap: 'RuntimeError',
  };
}

describeUnder(openMpi, 'an exchange', () => {
  test.each([1, 2, 3, 4])('of %i ranks', async (ranks) => {
    expect(await outcomesOf(openMpi, ranks, ...rankWords('exchange'))).toEqual(
      upTo(ranks).map((rank) => expectedOf(/^Open MPI \d/, rank, ranks)),
    );
  });

  test('in pieces where arrays are large', async () => {
    const gathered = [1, 2, 2, 2, 2, 2, 2, 2, 2, 2];
    expect(await outcomesOf(openMpi, 3, ...rankWords('pieces'))).toEqual(
      [0, 1, 2].map((rank) => {
        const own = rank + 1;
        return {
          rank,
          calls: [3, 3],
          gathered: [own, own].concat(gathered, own),
          spread: gathered.map(() => 1),
        };
      }),
    );
  });
});

describeUnder(mpich, 'an exchange', () => {
  test.each([1, 2])('of %i ranks', async (ranks) => {
    expect(await outcomesOf(mpich, ranks, ...rankWords('exchange'))).toEqual(
      upTo(ranks).map((rank) => expectedOf(/^MPICH \d/, rank, ranks)),
    );
  });
});
