// Ranks killed at random moments: the launcher ends the others, and the run goes on with another number of
// ranks to the same files.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { uniform } from '@convbook/core';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { expect, it, vi } from 'vitest';
import { describeFiles, runTrain } from '../harness/faults/process.ts';
import { smallRun, smallSteps, writeSmall } from '../harness/faults/small.ts';
import {
  describeUnder,
  openMpi,
  runRanks,
  train,
  type RunningRanks,
} from '../harness/mpi/launchers.ts';

const kills = process.env.CONVBOOK_LONG === '1' ? 20 : 3;
vi.setConfig({ testTimeout: 30_000 + 60_000 * kills });

const seed = Date.now();

describeUnder(openMpi, 'ranks that are killed', () => {
  it(`${kills} times at random moments (seed ${seed}) leave a run that ends with the same files`, async () => {
    const folder = temporaryDirectory();
    writeSmall(folder);
    expect((await runTrain(folder, [...smallRun, '--out', 'alone'])).status).toBe(0);
    const files = (out: string) => describeFiles(path.join(folder, out));
    const goOn = (out: string, ranks: number, onText?: Parameters<typeof runRanks>[2]) => {
      const isBegun = existsSync(path.join(folder, out, 'run.json'));
      const words = isBegun ? ['--resume', out, '--data=blobs'] : [...smallRun, '--out', out];
      const own = [...words, '--workers', '1', '--json'];
      const command = [...openMpi.words(ranks), ...train, ...own];
      return runRanks(folder, command, onText);
    };
    const random = uniform(seed, 'kills of ranks', new Float64Array(3 * kills));
    let [ranks, out, struck] = [2, 'killed-0', 0];
    for (let kill = 0; kill < kills; kill++) {
      const [which, more, when] = random.subarray(3 * kill);
      const strike = killAfter(1 + Math.floor(6 * when), Math.floor(ranks * which));
      const ended = await goOn(out, ranks, strike.onText);
      const told = [`kill ${kill} of rank ${strike.rank} of ${ranks}`, ended.stderr].join('\n');
      if (strike.hasStruck()) {
        struck++;
        expect(ended.status, told).not.toBe(0);
      } else {
        // It had ended before: a run that is complete is followed by another.
        expect(ended.status, told).toBe(0);
        expect(files(out), told).toEqual(files('alone'));
        out = `killed-${kill + 1}`;
      }
      ranks = 1 + ((ranks + Math.floor(2 * more)) % 3);
    }
    expect(struck).toBeGreaterThan(0);
    const last = await goOn(out, ranks);
    expect(last.status, last.stderr).toBe(0);
    expect(files(out)).toEqual(files('alone'));
  });
});

/** Kills a rank once so many steps were logged. */
function killAfter(steps: number, rank: number) {
  let [seen, hasStruck] = [0, false];
  return {
    rank,
    hasStruck: () => hasStruck,
    onText(text: string, running: RunningRanks) {
      seen += text.split('"event":"step"').length - 1;
      if (hasStruck || seen < Math.min(steps, smallSteps)) return;
      hasStruck = true;
      running.signal(rank, 'SIGKILL');
    },
  };
}
