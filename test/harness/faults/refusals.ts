// A process of its own that puts special files in the place of each file of a run, one after another, and says
// what reading, listing and resuming the run came to: a reader that hangs hangs this process alone.
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { writeRunsIndex } from '@convbook/report';
import { readRun, readTrainedModel, runFiles } from '@convbook/run';
import { resume } from '@convbook/trainer';
import { tinyData } from '../../../packages/trainer/src/testing/tiny.ts';
import { isRoot, putDevice, putHole, specialFiles } from './special-files.ts';

/** How an action ended: `done`, or the exit code of its error. */
export type Outcomes = Record<string, string | number>;

const [reports, complete, interrupted] = process.argv.slice(2);

const actions = {
  // With this notebook, comparison and verification begin.
  read: (run: string): unknown => readRun(run),
  predict: (run: string): unknown => readTrainedModel(run),
  list: () => writeRunsIndex(reports),
  resume: (run: string) => resume(run, { workers: 0, chooseData: () => tinyData(12, 5) }),
};

const files = [
  ...Object.values(runFiles),
  path.join(runFiles.checkpoints, 'last.safetensors'),
  path.join(runFiles.snapshots, 'step-000000.safetensors'),
];
const kinds = { ...specialFiles, ...(isRoot && { device: putDevice }), 'hole of 3 GB': putHole };

async function outcome(action: (run: string) => unknown, run: string): Promise<string | number> {
  try {
    await action(run);
    return 'done';
  } catch (error) {
    const { exitCode, stack } = error as { exitCode?: number; stack?: string };
    return exitCode ?? String(stack);
  }
}

for (const file of files) {
  for (const [kind, put] of Object.entries(kinds)) {
    const outcomes: Outcomes = {};
    for (const [from, names] of [
      [complete, ['read', 'predict', 'list']],
      [interrupted, ['resume']],
    ] as const) {
      const run = path.join(reports, 'damaged');
      cpSync(from, run, { recursive: true });
      rmSync(path.join(run, file), { recursive: true, force: true });
      put(path.join(run, file));
      for (const name of names) outcomes[name] = await outcome(actions[name], run);
      rmSync(run, { recursive: true });
    }
    process.stdout.write(`${JSON.stringify({ file, kind, outcomes })}\n`);
  }
}
const { maxRSS } = process.resourceUsage();
process.stdout.write(`${JSON.stringify({ megabytes: maxRSS / 1024 })}\n`);
