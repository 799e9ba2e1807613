// Cases of test:faults about the machine: what stands in a file's place, and how much the system gives.
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { uniform } from '@convbook/core';
import { synthetic } from '@convbook/data';
import { presets, resolveModel } from '@convbook/layers';
import { runFiles } from '@convbook/run';
import { recipes, train } from '@convbook/trainer';
import { checkOutcome, type Case } from './cases.ts';
import { runLimited } from './process.ts';
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

/** Every preset and recipe with one worker, for three steps on data of the model's shape. */
export const oneWorker: readonly Case[] = [
  ...Object.entries(presets).map(([name, model]) => ({ name, model, settings: {} })),
  ...Object.entries(recipes).map(([recipe, { model }]) => ({
    name: `recipe ${recipe}`,
    model: presets[model],
    settings: { recipe },
  })),
].map(({ name, model, settings }) => ({
  name: `one worker, ${name}`,
  async run({ folder }) {
    const [channels, height, width] = model.input;
    const [classes] = resolveModel(model).output;
    const sampleShape = [channels, height, width] as const;
    const data = synthetic({ sampleShape, classes, trainSamples: 12, testSamples: 4 });
    const few = { batchSize: 4, epochs: 1, workers: 1 };
    const out = join(folder, name.replace(' ', '-'));
    const { record } = await train({ ...settings, ...few, model, data, out });
    return { told: `${record.result?.steps} steps`, kills: 0 };
  },
}));
