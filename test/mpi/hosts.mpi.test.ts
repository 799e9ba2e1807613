// Four hosts of the test's own, one of which is cut off in the middle of a run.
import path from 'node:path';
import { readRecord } from '@convbook/run';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeFiles, runTrain } from '../harness/faults/process.ts';
import { smallRun, writeSmall } from '../harness/faults/small.ts';
import { createHosts, whyNoHosts, type EmulatedHosts } from '../harness/mpi/emulated-hosts.ts';
import { atStep, removeRuns, runRanks, train } from '../harness/mpi/launchers.ts';

const whyNot = whyNoHosts();
const reason = whyNot === null ? '' : ` (skipped: ${whyNot})`;

describe.skipIf(whyNot !== null)(`four emulated hosts${reason}`, () => {
  const folder = temporaryDirectory();
  const filesOf = (out: string) => describeFiles(path.join(folder, out));
  let hosts: EmulatedHosts;

  beforeAll(async () => {
    writeSmall(folder);
    hosts = createHosts(4);
    expect((await runTrain(folder, [...smallRun, '--out', 'alone'])).status).toBe(0);
  });
  beforeEach(() => removeRuns(folder));
  afterAll(() => hosts.remove());

  const runOn = (ranks: number, words: string[], onText?: Parameters<typeof runRanks>[2]) =>
    runRanks(folder, [...hosts.words(ranks), ...train, ...words, '--workers', '1'], onText);

  it('have the files of one, and the notebook names them', async () => {
    const { status, lines, stderr } = await runOn(4, [...smallRun, '--out', 'equal']);
    expect(status, stderr).toBe(0);
    expect(lines.join('\n')).toContain('4 ranks on 4 hosts, 1 worker each, over Open MPI');
    expect(filesOf('equal')).toEqual(filesOf('alone'));
  });

  it('end within the timeout when one is cut off, and three go on to the same files', async () => {
    const words = [...smallRun, '--hang-timeout', '5', '--json', '--out', 'cut'];
    const cut = atStep(7, () => hosts.setLink(3, 'down'));
    const ended = await runOn(4, words, cut);
    hosts.setLink(3, 'up');
    expect(ended.status).not.toBe(0);
    expect(ended.lines.join('\n')).toMatch(/rank 2 \(host host3\): expected /);
    hosts.endAll();
    const resumed = await runOn(3, ['--resume', 'cut', '--data=blobs']);
    expect(resumed.status, resumed.stderr).toBe(0);
    expect(readRecord(path.join(folder, 'cut')).status).toBe('complete');
    expect(filesOf('cut')).toEqual(filesOf('alone'));
  });
});
