// pnpm test:faults [--seed N]: kills and disturbs small runs, and compares their files. The last
// line is the count.
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { kernelFile } from '@convbook/core/node';
import {
  endedCase,
  killedCase,
  killedInCheckpoints,
  workerCase,
  type Case,
  type Scene,
} from './cases.ts';
import { killedRuns } from './killed-cases.ts';
import { limitCase, oneWorker, specialFilesCase } from './machine-cases.ts';
import { describeFiles, runTrain } from './process.ts';
import { smallRun, writeSmall } from './small.ts';

/** Fewest kills at random moments; cases are added until there are this many. */
const leastKills = 25;

const args = process.argv.slice(2).filter((word) => word !== '--');
const { values } = parseArgs({ args, options: { seed: { type: 'string' } } });
const seed = Number(values.seed ?? randomInt(1_000_000_000));
if (!Number.isSafeInteger(seed) || seed < 0) {
  process.stderr.write(`error: --seed: expected a whole number, got ${values.seed ?? ''}\n`);
  process.exit(2);
}
const say = (line: string) => process.stdout.write(`${line}\n`);
const folder = mkdtempSync(join(tmpdir(), 'convbook-faults-'));
say(`seed ${seed}: pnpm test:faults --seed ${seed} repeats it`);
const startedAt = performance.now();

// The compiler needs more memory than some of the runs may have.
await kernelFile('shared');
writeSmall(folder);
const undisturbed = await runTrain(folder, [...smallRun, '--workers', '2', '--out', 'undisturbed']);
if (undisturbed.status !== 0) {
  say(`The undisturbed run ended with ${undisturbed.status}.\n${undisturbed.stderr}`);
  say('0 passed, 1 failed');
  process.exit(1);
}
const { beforeFirstStep, afterFirstStep } = undisturbed;
const files = describeFiles(join(folder, 'undisturbed'));
const scene: Scene = { folder, seed, files, beforeFirstStep, afterFirstStep };

const fixed: Case[] = [
  killedInCheckpoints,
  ...(['crash', 'exit', 'allocation', 'hang'] as const).map(workerCase),
  endedCase('full disk', ['ENOSPC@checkpoint:31'], 5),
  endedCase('no permission', ['EACCES@checkpoint:9'], 5),
  endedCase('repeated failure', Array(3).fill('crash@step:40,worker:1') as string[], 1),
  specialFilesCase,
  limitCase('few files', 'ulimit -n 24'),
  limitCase('little memory', 'export CONVBOOK_NODE=system; ulimit -v 4000000'),
  ...killedRuns,
  ...oneWorker,
];
let [passed, failed, kills, killedCases] = [0, 0, 0, 0];

/** The next case; undefined when there were enough. */
function nextCase(): Case | undefined {
  if (kills < leastKills) return killedCase(++killedCases, 2 + (killedCases % 2));
  return fixed.shift();
}

async function work(): Promise<void> {
  for (let next = nextCase(); next; next = nextCase()) {
    try {
      const { told, kills: died } = await next.run(scene);
      if (next.name.startsWith('killed ') && next !== killedInCheckpoints) kills += died;
      passed++;
      say(`passed  ${next.name}: ${told}`);
    } catch (error) {
      failed++;
      say(`FAILED  ${next.name}: ${(error as Error).message}`);
    }
  }
}

// Two at a time: a process waits for the disk more than for the processor.
await Promise.all([work(), work()]);
if (failed === 0) rmSync(folder, { recursive: true });
else say(`The runs are in ${folder}`);
say(`${kills} kills at random moments, ${Math.round((performance.now() - startedAt) / 1000)} s`);
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
