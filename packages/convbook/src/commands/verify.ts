// pnpm verify RUN: trains again from run.json and compares the models byte for byte.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '@convbook/core';
import {
  readRun,
  readTrainedModel,
  resolveRun,
  runFiles,
  type RunRecord,
  type RunResult,
} from '@convbook/run';
import { createRunDirectory, writeRecord } from '@convbook/run/writing';
import { resume } from '@convbook/trainer';
import { recordedData } from '../choose.ts';
import { createCommand, reportsFolder, runCommand, toCount, typedIn } from '../command.ts';
import { areFilesEqual } from '../equal-files.ts';
import { createProgress, say, toProgressKind } from '../progress.ts';
import { listenForInterruption } from '../signals.ts';

async function run(name: string, { workers }: { workers?: number }): Promise<void> {
  const directory = resolveRun(name, { from: typedIn, reports: reportsFolder });
  const { record } = readTrainedModel(directory);
  // Whatever is damaged is refused before the training, not after it.
  readRun(directory);
  if (record.result === undefined) {
    throw new ConfigurationError(
      `verify: expected a complete run, got one that is ${record.status}; finish it with pnpm train --resume`,
    );
  }
  const again = await mkdtemp(join(tmpdir(), 'convbook-verify-'));
  try {
    await writeBeginning(record, again);
    const repeated = await trainAgain(again, workers);
    if (repeated !== undefined) await compare([record.result, repeated], [directory, again]);
  } finally {
    await rm(again, { recursive: true, force: true });
  }
}

/** Writes a run directory as it was before the first step. */
async function writeBeginning(record: RunRecord, folder: string): Promise<void> {
  const { result: _, ...begun } = record;
  await createRunDirectory(folder);
  await writeRecord(folder, { ...begun, status: 'running' });
}

/** Trains the run of a folder; undefined, with the exit code set, when a signal ended it early. */
async function trainAgain(folder: string, workers?: number): Promise<RunResult | undefined> {
  const progress = createProgress(toProgressKind('auto'));
  const interruption = listenForInterruption(() => progress.stop());
  try {
    const { record } = await resume(folder, {
      chooseData: recordedData,
      workers,
      signal: interruption.signal,
      onStart: (running) => progress.start(running),
      onEvent: (event) => progress.event(event),
    });
    if (record.result === undefined) process.exitCode = interruption.exitCode() ?? 130;
    return record.result;
  } finally {
    progress.stop();
    interruption.dispose();
  }
}

async function compare(results: readonly RunResult[], folders: readonly string[]): Promise<void> {
  const [first, second] = results.map(({ modelSha256 }) => modelSha256);
  const [ofRun, ofAgain] = folders.map((folder) => join(folder, runFiles.metrics));
  const isSame = first === second && (await areFilesEqual(ofRun, ofAgain));
  say(`model of the run    ${first}`);
  say(`model trained now   ${second}`);
  say(isSame ? 'equal, and so is every line of metrics.ndjson' : 'different');
  process.stdout.write(`${isSame ? 'equal' : 'different'}\n`);
  if (!isSame) process.exitCode = 1;
}

const description =
  'Trains a run again from its run.json, in a temporary folder, and compares the SHA-256 of the models: 0 equal, 1 different.';
const command = createCommand('verify', description, ['pnpm verify my-run --workers 1'])
  .argument('<run>', 'path of a run directory, or its name under reports/')
  .option('--workers <n>', 'threads (default: the cores there are)', toCount)
  .action(run);

await runCommand(command);
