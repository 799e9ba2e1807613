// A rank that is lost, hangs or ends by itself: all ranks end, one line says why, and nothing is left.
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import {
  describeUnder,
  mpich,
  openMpi,
  runRanks,
  type LauncherCommand,
  type RunningRanks,
} from '../harness/mpi/launchers.ts';
import { rankWords, type RankSettings } from '../harness/mpi/rank-words.ts';

const host = hostname();

async function run(
  { words }: LauncherCommand,
  ranks: number,
  scenario: string,
  settings: RankSettings = {},
  onText?: (text: string, running: RunningRanks) => void,
) {
  const ended = await runRanks('.', words(ranks).concat(rankWords(scenario, settings)), onText);
  const own = ended.lines.filter((line) => /^(?:rank|all ranks|ConfigurationError)\b/.test(line));
  const pids = [...ended.stdout.matchAll(/"pid":(\d+)/g)].map(([, pid]) => Number(pid));
  return { status: ended.status, lines: own, pids };
}

/** Sends a signal once all ranks have made steps. */
function once(ranks: number, to: 'launcher' | number, signal: NodeJS.Signals) {
  let text = '';
  let isSent = false;
  return (more: string, running: RunningRanks) => {
    text += more;
    if (isSent || text.split('"pid"').length <= ranks) return;
    isSent = true;
    running.signal(to, signal);
  };
}

/** A process that has ended may wait for somebody who asks how. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

const expectNoneLeft = (pids: readonly number[]) =>
  expect.poll(() => pids.filter(isAlive)).toEqual([]);

for (const launcher of [openMpi, mpich]) {
  const other = launcher === openMpi ? 'libmpich.so.12' : 'libmpi.so.40';
  describeUnder(launcher, 'ranks', () => {
    test('say after 20 seconds that they wait for one to start', async () => {
      const line = `rank 0 (host ${host}): waiting for the other ranks to start, up to 120 s`;
      const both = [...launcher.words(1), ...rankWords('steps'), ':', '-np', '1', 'sleep', '60'];
      const ended = await runRanks('.', both, (text, running) => {
        if (text.includes(line)) running.signal('launcher', 'SIGTERM');
      });
      expect(ended.lines).toContain(line);
    });

    test('end where one is stopped', async () => {
      const settings = { hangTimeout: 4 };
      const ended = await run(launcher, 2, 'steps', settings, once(2, 1, 'SIGSTOP'));
      const line = `rank 1 (host ${host}): expected a sign of life within 4 s at step STEP, got none; see whether its host and the network are well, then go on with --resume`;
      expect(ended.lines.map((own) => own.replace(/step \d+/, 'step STEP'))).toEqual([line]);
      expect(ended.status).toBe(1);
      expect(ended.pids).toHaveLength(2);
      await expectNoneLeft(ended.pids);
    });

    test.each([['rank 1', 1] as const, ['the launcher', 'launcher'] as const])(
      'end where %s is killed',
      async (_, to) => {
        const ended = await run(launcher, 2, 'steps', {}, once(2, to, 'SIGKILL'));
        expect(ended.status).not.toBe(0);
        expect(ended.pids).toHaveLength(2);
        await expectNoneLeft(ended.pids);
      },
    );

    test.each([
      ['aborts', 'abort', 7, 'rank 1 says why'],
      ['throws', 'throws', 1, `rank 1 (host ${host}): Error: thrown by a rank`],
      [
        'loses the thread that exchanges',
        'loses',
        1,
        `rank 1 (host ${host}): expected the thread that exchanges to last, got its end; go on with --resume`,
      ],
      [
        'leaves with exit code 0',
        'leaves',
        1,
        `rank 1 (host ${host}): expected to end together with the other ranks, got exit code 0 before them; go on with --resume`,
      ],
    ])('end where one %s', async (_, scenario, status, line) => {
      const ended = await run(launcher, 2, scenario);
      expect([ended.status, ended.lines]).toEqual([status, [line]]);
    });

    test('end where the workers of one hang', async () => {
      const ended = await run(launcher, 2, 'late', { hangTimeout: 2 });
      expect([ended.status, ended.lines]).toEqual([
        1,
        [
          `rank 1 (host ${host}): expected its part of an exchange within 4 s at step 57, got signs of life alone; its workers hang, go on with --resume`,
        ],
      ]);
    });

    test('do not begin with the library of another launcher', async () => {
      const { status, lines } = await run(launcher, 2, 'exchange', { library: other });
      expect(status).not.toBe(0);
      expect(lines[0]).toMatch(
        /^ConfigurationError: mpi: expected 2 ranks, as \w+ of [\w ]+ says, got 1 from [\w ]+ [\d.]+ \([\w.]+\); start ranks with the launcher of that library, or name the launcher’s own in CONVBOOK_MPI_LIBRARY$/,
      );
    });
  });
}
