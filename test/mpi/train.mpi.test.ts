// `train` over ranks, as a launcher starts it: the same files, every line once, signals, and --requeue.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readRecord } from '@convbook/run';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { describeFiles, runTrain } from '../harness/faults/process.ts';
import { smallRun, writeSmall } from '../harness/faults/small.ts';
import {
  atStep,
  describeUnder,
  mpich,
  openMpi,
  removeRuns,
  runRanks,
  train,
} from '../harness/mpi/launchers.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const folder = temporaryDirectory();
const words = [...train, ...smallRun, '--workers', '1'];
const filesOf = (out: string) => describeFiles(path.join(folder, out));
const statusOf = (out: string) => readRecord(path.join(folder, out)).status;

beforeAll(async () => {
  writeSmall(folder);
  expect((await runTrain(folder, [...smallRun, '--out', 'alone'])).status).toBe(0);
});

beforeEach(() => removeRuns(folder));

/** Sends a signal once, after so many steps. */
const after = (step: number, to: 'launcher' | number, signal: NodeJS.Signals) =>
  atStep(step, (running) => running.signal(to, signal));

describeUnder(openMpi, 'a run', () => {
  it.each([1, 2, 3])('of %i ranks has the files of a run of one process', async (ranks) => {
    const out = `equal-${ranks}`;
    const ended = await runRanks(folder, [...openMpi.words(ranks), ...words, '--out', out]);
    expect([ended.status, ended.stdout]).toEqual([0, '']);
    expect(filesOf(out)).toEqual(filesOf('alone'));
    expect(new Set(ended.lines).size).toBe(ended.lines.length);
    const told = ended.lines.filter((line) =>
      line.includes(' ranks on 1 host, 1 worker each, over '),
    );
    expect(told).toHaveLength(ranks === 1 ? 0 : 1);
    const notebook = readFileSync(path.join(folder, out, 'index.html'), 'utf8');
    expect(notebook.includes('The ranks of the run')).toBe(ranks > 1);
  });

  it.each([
    ['an unknown option', ['--nope'], 2, "error: unknown option '--nope'"],
    [
      'a setting',
      ['--learning-rate', '0'],
      2,
      'error: learningRate: expected a number above 0, got 0',
    ],
    [
      'a time before which ranks are lost',
      ['--hang-timeout', '0'],
      2,
      'error: hangTimeout: expected at least 1 second, got 0',
    ],
  ])('refused for %s says so once', async (_what, wrong, status, line) => {
    const ended = await runRanks(folder, [...openMpi.words(2), ...words, ...wrong]);
    expect(ended).toMatchObject({ status, stdout: '', lines: [line] });
  });

  it.each([
    ['another seed', ['--seed', '2'], 2, 'expected seed 1, as rank 0, got 2; '],
    ['no data', ['--data', './none'], 3, '/none: expected a folder of pictures'],
    ['an unknown option', ['--nope'], 2, "unknown option '--nope'"],
  ])('whose rank 1 has %s names it, and writes nothing', async (what, other, status, line) => {
    const own = [...words, '--out', what];
    const both = [...openMpi.words(1), ...own, ':', '-np', '1', ...own, ...other];
    const { lines, ...ended } = await runRanks(folder, both);
    expect(ended).toMatchObject({ status, stdout: '' });
    expect(lines).toEqual([expect.stringMatching(/^error: rank 1 \(host .+\): /)]);
    expect(lines[0]).toContain(line);
    expect(existsSync(path.join(folder, what))).toBe(false);
  });

  it('whose library is of another launcher says so once', async () => {
    const library = 'libmpich.so.12';
    const other = ['-x', `CONVBOOK_MPI_LIBRARY=${library}`];
    const [mpirun, ...rest] = openMpi.words(2);
    const ended = await runRanks(folder, [mpirun, ...other, ...rest, ...words]);
    expect(ended.status).toBe(2);
    expect(ended.lines).toEqual([
      expect.stringMatching(
        /^error: mpi: expected 2 ranks, as mpirun of Open MPI says, got 1 from /,
      ),
    ]);
  });

  it('gives the data set of rank 0 to ranks that have none', async () => {
    const given = ['--data-from', 'rank0', '--out', 'given', '--progress', 'none'];
    const without = words.filter((word) => !/^--(?:data|model)=/.test(word));
    const both = [...openMpi.words(1), ...words, ...given, ':', '-np', '1', ...without, ...given];
    expect(await runRanks(folder, both)).toMatchObject({ status: 0, stdout: '', lines: [] });
    expect(filesOf('given')).toEqual(filesOf('alone'));
  });

  it('of --launcher none is one of its own for each process', async () => {
    const own = (out: string) => [...words, '--launcher', 'none', '--out', out];
    const both = [...openMpi.words(1), ...own('first'), ':', '-np', '1', ...own('second')];
    expect((await runRanks(folder, both)).status).toBe(0);
    for (const out of ['first', 'second']) expect(filesOf(out)).toEqual(filesOf('alone'));
  });

  it.each([
    [143, 'launcher', 'SIGUSR2', /^got SIGUSR2: finishing the step, then saving$/],
    [130, 1, 'SIGINT', /^rank 1 \(host .+\): got SIGINT; saving$/],
    [130, 0, 'SIGINT', /^got SIGINT: finishing the step, then saving$/],
  ] as const)('ends with %i, and is saved, where %s gets %s', async (status, to, signal, line) => {
    const out = `signal-${to}`;
    const long = [...words, '--epochs', '1000', '--json', '--out', out];
    const ended = await runRanks(folder, [...openMpi.words(2), ...long], after(7, to, signal));
    expect([ended.status, statusOf(out)]).toEqual([status, 'interrupted']);
    expect(ended.lines.filter((said) => said.includes('got SIG'))).toEqual([
      expect.stringMatching(line),
    ]);
    expect(existsSync(path.join(folder, out, 'index.html'))).toBe(true);
  });

  it('with --requeue ends with 75, and goes on with other ranks to the same files', async () => {
    const again = [...words, '--requeue', '--json', '--out', 'requeued'];
    const first = await runRanks(folder, [...openMpi.words(2), ...again], after(7, 1, 'SIGTERM'));
    expect([first.status, statusOf('requeued')]).toEqual([75, 'interrupted']);
    const second = await runRanks(folder, [...openMpi.words(3), ...again]);
    expect([second.status, statusOf('requeued')]).toEqual([0, 'complete']);
    expect(filesOf('requeued')).toEqual(filesOf('alone'));
    expect((await runRanks(folder, [...openMpi.words(2), ...again])).status).toBe(0);
  });
});

describeUnder(mpich, 'a run', () => {
  it('of 2 ranks has the files of a run of one process', async () => {
    const ended = await runRanks(folder, [...mpich.words(2), ...words, '--out', 'mpich']);
    expect([ended.status, ended.stdout]).toEqual([0, '']);
    expect(filesOf('mpich')).toEqual(filesOf('alone'));
    expect(new Set(ended.lines).size).toBe(ended.lines.length);
  });

  it('ends with 143, and is saved, where the launcher gets SIGTERM', async () => {
    const long = [...words, '--epochs', '1000', '--json', '--out', 'terminated'];
    const telling = [
      'sh',
      '-c',
      'trap : TERM; "$@"; code=$?; echo "a rank: $code" >&2; exit $code',
      'sh',
    ];
    const ended = await runRanks(
      folder,
      [...mpich.words(2), ...telling, ...long],
      after(7, 'launcher', 'SIGTERM'),
    );
    expect(ended.lines.filter((line) => line.startsWith('a rank'))).toEqual([
      'a rank: 143',
      'a rank: 143',
    ]);
    // This launcher ends with 0 where its ranks' codes do not reach it before it ends: about one time in ten.
    expect([143, 0]).toContain(ended.status);
    expect(statusOf('terminated')).toBe('interrupted');
    expect(existsSync(path.join(folder, 'terminated', 'index.html'))).toBe(true);
  });
});
