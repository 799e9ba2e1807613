// pnpm verify RUN: trains again from run.json and compares the models byte for byte.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '@convbook/core';
import { printable } from '@convbook/core/checks';
import { typedCommand } from '@convbook/core/node';
import {
  readRun,
  readTrainedModel,
  resolveRun,
  runFiles,
  type RunRecord,
  type RunResult,
} from '@convbook/run';
import { copyRunFile, createRunDirectory, writeRecord } from '@convbook/run/writing';
import { resume, type SessionOptions } from '@convbook/trainer';
import {
  createCommand,
  dataOption,
  reportsFolder,
  runCommand,
  streamOption,
  toCount,
  typedIn,
} from '../command.ts';
import { createDecodingProgress } from '../decoding-progress.ts';
import { areFilesEqual } from '../equal-files.ts';
import { modelFileNote } from '../model-file-note.ts';
import { recordedData } from '../recorded-data.ts';
import { createProgress, say, style, toProgressKind } from '../progress.ts';
import { listenForInterruption } from '../signals.ts';

interface Options {
  data?: string;
  stream?: true;
  workers?: number;
}

async function run(name: string, options: Options): Promise<void> {
  const directory = resolveRun(name, { from: typedIn, reports: reportsFolder });
  const { record } = readTrainedModel(directory);
  // Whatever is damaged is refused before the training, not after it.
  readRun(directory);
  const { result, status } = record;
  if (result === undefined || !['complete', 'interrupted'].includes(status)) {
    throw new ConfigurationError(
      `verify: expected a complete run, got one that is ${status}; finish it with ${typedCommand('train')} --resume`,
    );
  }
  const note = modelFileNote(record, directory);
  if (note !== null) say(style('yellow', printable(note)));
  const again = await mkdtemp(join(tmpdir(), 'convbook-verify-'));
  try {
    await writeBeginning(record, directory, again);
    const stopAfter = status === 'interrupted' ? result.steps : undefined;
    const repeated = await trainAgain(again, directory, { ...options, stopAfter });
    if (repeated === undefined) return;
    if (stopAfter !== undefined)
      say(`the run was interrupted after step ${stopAfter}: compared up to there`);
    await compare([result, repeated], [directory, again]);
  } finally {
    await rm(again, { recursive: true, force: true });
  }
}

/** Writes the folder of a run of `directory` as it was before the first step. */
async function writeBeginning(record: RunRecord, directory: string, folder: string): Promise<void> {
  const { result: _, ...begun } = record;
  await createRunDirectory(folder);
  if (record.start) await copyRunFile(runFiles.start, directory, folder);
  await writeRecord(folder, { ...begun, status: 'running' });
}

/**
 * Trains the run of a folder, which is copied from `directory`; undefined, with the exit code set, when a signal
 * ended it early.
 */
async function trainAgain(
  folder: string,
  directory: string,
  { data, stream, ...options }: Options & Pick<SessionOptions, 'stopAfter'>,
): Promise<RunResult | undefined> {
  const progress = await createProgress(toProgressKind('auto'));
  const decoding = await createDecodingProgress(toProgressKind('auto'));
  const interruption = listenForInterruption(() => {
    progress.stop();
    decoding.stop();
  });
  const { signal } = interruption;
  const places = { directory, data, stream, tell: say, onProgress: decoding.update, signal };
  try {
    const { record } = await resume(folder, {
      chooseData: (recorded) => recordedData(recorded, places),
      ...options,
      signal,
      onStart: (running) => progress.start(running),
      onEvent: (event) => progress.event(event),
    });
    const signalled = interruption.exitCode();
    if (signalled === null) return record.result;
    process.exitCode = signalled;
    return undefined;
  } catch (error) {
    // A signal that came while pictures were decoded.
    interruption.leaveBy(error);
    return undefined;
  } finally {
    progress.stop();
    decoding.stop();
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
  'Trains a run again from its run.json, in a temporary folder, up to where it ended or was interrupted, and compares the SHA-256 of the models: 0 equal, 1 different.';
const command = createCommand('verify', description, ['pnpm verify my-run --workers 1'])
  .argument('<run>', 'path of a run directory, or its name under reports/')
  .addOption(dataOption('the run’s own'))
  .addOption(streamOption())
  .option('--workers <n>', 'threads (default: the cores there are)', toCount)
  .action(run);

await runCommand(command);
