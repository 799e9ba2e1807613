// Cases of test:faults about the machine: what stands in a file's place, and how much the system gives.
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { uniform } from '@convbook/core';
import { presets } from '@convbook/layers';
import { runFiles } from '@convbook/run';
import { recipes } from '@convbook/trainer';
import { checkOutcome, type Case } from './cases.ts';
import { describeFiles, runTrain, runLimited } from './process.ts';
import { smallRun } from './small.ts';
import { specialFiles } from './special-files.ts';

/** Every command that reads a run refuses what is no file, in the place of a file drawn at random. */
export const specialFilesCase: Case = {
  name: 'special files',
  async run({ folder, seed }) {
    const kinds = Object.entries(specialFiles);
    const files = Object.values(runFiles);
    const random = uniform(seed, this.name, new Float64Array(kinds.length));
    const run = join(folder, 'special');
    for (const [k, [kind, put]] of kinds.entries()) {
      const file = files[Math.floor(random[k] * files.length)];
      const isFolder = file === runFiles.checkpoints || file === runFiles.snapshots;
      if (kind === 'folder' && isFolder) continue;
      cpSync(join(folder, 'undisturbed'), run, { recursive: true });
      rmSync(join(run, file), { recursive: true, force: true });
      put(join(run, file));
      for (const words of [
        ['report', run],
        ['report', '--compare', 'undisturbed', run, '--out', 'both.html'],
        ['verify', run],
        ['predict', run, '--index', '0'],
        ['train', '--resume', run],
      ]) {
        const ended = await runLimited(folder, words, 'true');
        checkOutcome(`${words.join(' ')}, ${kind} for ${file}`, ended, 5);
      }
      rmSync(run, { recursive: true });
    }
    return { told: `${kinds.map(([kind]) => kind).join(', ')}: exit 5`, kills: 0 };
  },
};

/** A run under a limit of the shell's: one line and 2. */
export function limitCase(name: string, limit: string): Case {
  return {
    name,
    async run({ folder }) {
      const words = ['train', ...smallRun, '--progress', 'none', '--out', name];
      checkOutcome(limit, await runLimited(folder, words, limit), 2);
      return { told: `${limit}: one line, exit 2`, kills: 0 };
    },
  };
}

const short = ['--limit=40', '--batch-size=10', '--epochs=1', '--checkpoint-every=1'];

/** The recipe with batch normalization, dropout and augmentation, killed after its second checkpoint. */
export const killedBest: Case = {
  name: 'killed recipe best',
  async run({ folder }) {
    const words = ['--recipe=best', ...short, '--workers=1'];
    const whole = await runTrain(folder, [...words, '--out', 'best-whole']);
    checkOutcome('the whole run', whole, 0);
    const fault = ['--inject-fault', 'SIGKILL@checkpoint:2,call:7'];
    const killed = await runTrain(folder, [...words, ...fault, '--out', 'best-killed']);
    checkOutcome('the killed run', killed, 'SIGKILL');
    const resumed = await runTrain(folder, ['--resume', 'best-killed', '--workers=2']);
    checkOutcome('the resumed run', resumed, 0);
    const [expected, got] = ['best-whole', 'best-killed'].map((run) =>
      describeFiles(join(folder, run)).join('\n'),
    );
    if (got !== expected) throw new Error(`expected the files\n${expected}\ngot\n${got}`);
    return { told: 'resumed with 2 workers', kills: 0 };
  },
};

/** Every preset and recipe as a command with one worker, for a few steps. */
export const oneWorker: readonly Case[] = [
  ...Object.keys(presets).map((name) => ['model', name] as const),
  ...Object.keys(recipes).map((name) => ['recipe', name] as const),
].map(([option, value]) => ({
  name: `one worker, ${option} ${value}`,
  async run({ folder }) {
    const out = `one-${option}-${value}`;
    const words = [`--${option}=${value}`, ...short, '--workers=1', '--out', out];
    checkOutcome(value, await runTrain(folder, words), 0);
    return { told: 'done', kills: 0 };
  },
}));
