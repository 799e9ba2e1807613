// Trains a recorded run again in a temporary folder, for `pnpm verify`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunRecord, RunResult } from '@convbook/run';
import { createRunDirectory, writeRecord } from '@convbook/run/writing';
import { resume, type ResumeOptions } from '@convbook/trainer';
import { createDecodingProgress } from './decoding-progress.ts';
import { createProgress, say, toProgressKind } from './progress.ts';
import type { DataPlaces } from './recorded-data.ts';
import { listenForInterruption } from './signals.ts';

/** Listeners while the data set is read. */
export type Reading = Pick<DataPlaces, 'tell' | 'onProgress' | 'signal'>;

/** How a run is trained again. */
export interface TrainAgainOptions {
  readonly workers?: number | undefined;
  /** Finds the run's data set. */
  chooseData(
    recorded: RunRecord['data'],
    reading: Reading,
  ): ReturnType<ResumeOptions['chooseData']>;
  /** Puts what the run had before its first step beside run.json. */
  prepare?(folder: string): Promise<void>;
}

/** Makes an empty folder for as long as `use` takes. */
export async function inTemporaryFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'convbook-verify-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Trains in an empty folder what a record says, up to where that run ended; undefined, with the exit code set, when a
 * signal ended it early.
 */
export async function trainAgain(
  record: RunRecord,
  folder: string,
  { workers, chooseData, prepare }: TrainAgainOptions,
): Promise<RunResult | undefined> {
  const { result, ...begun } = record;
  await createRunDirectory(folder);
  await prepare?.(folder);
  await writeRecord(folder, { ...begun, status: 'running' });
  const progress = await createProgress(toProgressKind('auto'));
  const decoding = await createDecodingProgress(toProgressKind('auto'));
  const interruption = listenForInterruption(() => {
    progress.stop();
    decoding.stop();
  });
  const { signal } = interruption;
  const reading = { tell: say, onProgress: decoding.update, signal };
  try {
    const { record: repeated } = await resume(folder, {
      chooseData: (recorded) => chooseData(recorded, reading),
      workers,
      stopAfter: record.status === 'interrupted' ? result?.steps : undefined,
      signal,
      onStart: (running) => progress.start(running),
      onEvent: (event) => progress.event(event),
    });
    const signalled = interruption.exitCode();
    if (signalled === null) return repeated.result;
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
