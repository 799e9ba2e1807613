// pnpm verify RUN: trains again from run.json and compares the models byte for byte.
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { runFiles } from '@convbook/run';
import { readTrainedModel, resolveRun } from '@convbook/report';
import { resume } from '@convbook/trainer';
import { recordedData } from '../choose.ts';
import { createCommand, reportsFolder, runCommand, toCount, typedIn } from '../command.ts';
import { areFilesEqual } from '../equal-files.ts';
import { createProgress, say, toProgressKind } from '../progress.ts';
import { listenForInterruption } from '../signals.ts';

async function run(name: string, { workers }: { workers?: number }): Promise<void> {
  const directory = resolveRun(name, { from: typedIn, reports: reportsFolder });
  const { record } = readTrainedModel(directory);
  if (record.result === undefined) {
    throw new ConfigurationError(
      `verify: expected a complete run, got one that is ${record.status}; finish it with pnpm train --resume`,
    );
  }
  const again = await mkdtemp(join(tmpdir(), 'convbook-verify-'));
  const progress = createProgress(toProgressKind('auto'));
  const interruption = listenForInterruption(() => progress.stop());
  try {
    const { result: _, ...begun } = record;
    for (const folder of [runFiles.checkpoints, runFiles.snapshots]) {
      await mkdir(join(again, folder));
    }
    await writeFile(join(again, runFiles.record), JSON.stringify({ ...begun, status: 'running' }));
    await copyFile(join(directory, runFiles.dataset), join(again, runFiles.dataset));
    const { record: repeated } = await resume(again, {
      ...{ chooseData: recordedData, workers, signal: interruption.signal },
      onStart: (running) => progress.start(running),
      onEvent: (event) => progress.event(event),
    });
    progress.stop();
    if (repeated.result === undefined) {
      process.exitCode = interruption.exitCode() ?? 130;
      return;
    }
    const [ofRun, ofAgain] = [directory, again].map((folder) => join(folder, runFiles.metrics));
    const [first, second] = [record.result.modelSha256, repeated.result.modelSha256];
    const isSame = first === second && (await areFilesEqual(ofRun, ofAgain));
    say(`model of the run    ${first}`);
    say(`model trained now   ${second}`);
    say(isSame ? 'equal, and so is every line of metrics.ndjson' : 'different');
    process.stdout.write(`${isSame ? 'equal' : 'different'}\n`);
    if (!isSame) process.exitCode = 1;
  } finally {
    progress.stop();
    interruption.dispose();
    await rm(again, { recursive: true, force: true });
  }
}

const description =
  'Trains a run again from its run.json, in a temporary folder, and compares the SHA-256 of the models: 0 equal, 1 different.';
const command = createCommand('verify', description, ['pnpm verify my-run --workers 1'])
  .argument('<run>', 'path of a run directory, or its name under reports/')
  .option('--workers <n>', 'threads (default: the cores there are)', toCount)
  .action(run);

await runCommand(command);
