// A training from the command line, alone or as rank 0 of several: the run, its notebook, its exit code.
import { dirname, resolve } from 'node:path';
import { printable } from '@convbook/core/checks';
import { startWorkers, type TrainedRun } from '@convbook/trainer';
import type { RankError } from '@convbook/trainer/ranks';
import { toWorkers, usefulWorkers } from '@convbook/trainer/settings';
import { begunRun, resumeRun, startRun, type TrainOptions } from './begin-run.ts';
import { reportsFolder, typedIn } from './places.ts';
import { style } from './progress.ts';
import { watchProject } from './project-state.ts';
import { leaveAll, type RankPart } from './ranks/as-rank.ts';
import { begunText, endCode } from './requeue.ts';
import { listenForInterruption } from './signals.ts';
import { createTrainDisplay, type TrainDisplay } from './train-display.ts';
import { endText } from './train-text.ts';

/** Trains and sets the exit code. With other ranks every error is thrown: they are told of it. */
export async function trainRun(options: TrainOptions, part?: RankPart): Promise<void> {
  const { requeue, stream } = options;
  const display = await createTrainDisplay(options);
  const { listeners, tell, onDecoded: onProgress, onInterrupted } = display;
  const leave = part && leaveAll(part.link);
  const interruption = listenForInterruption(onInterrupted, { requeue, leave });
  const { signal } = interruption;
  const asked = toWorkers(options.workers);
  const workers = usefulWorkers(asked);
  if (workers < asked) tell(`${workers} workers run, not ${asked}: more would wait for a core`);
  const startedWorkers = startWorkers(workers);
  try {
    const project = watchProject(typedIn);
    let elsewhere: number | null = null;
    const onRankStopped = (reason: RankError) => {
      elsewhere = reason.exitCode;
      // A launcher's signal comes to all ranks.
      if (!signal.aborted) tell(style('yellow', printable(`${reason.message}; saving`)));
    };
    const session = { ...listeners, ...part, onRankStopped, signal, startedWorkers, project };
    const begun = begunRun(options);
    const found = begun === null ? null : begunText(begun, requeue);
    if (found !== null) tell(printable(found));
    const reading = { tell, onProgress, signal, stream };
    const run =
      begun === null
        ? await startRun(options, session, reading)
        : await resumeRun(begun, options, session, reading);
    await reportRun(run, display, options.json);
    process.exitCode = endCode(run.record, interruption.exitCode() ?? elsewhere, requeue);
  } catch (error) {
    if (part) throw error;
    // A signal that came while pictures were decoded.
    interruption.leaveBy(error);
  } finally {
    display.end();
    interruption.dispose();
    await startedWorkers.close();
  }
}

/** Writes the notebook, and says what came of the run. */
async function reportRun(
  { record, directory }: TrainedRun,
  display: TrainDisplay,
  isJson = false,
): Promise<void> {
  display.stop();
  // It computes what the trained network does with test images: seconds.
  if (!isJson) display.tell(style('dim', 'writing the notebook'));
  // Charts and highlighting take half a second to load: training does not wait for them.
  const { writeNotebook, writeRunsIndex } = await import('@convbook/report');
  const isListed = dirname(directory) === resolve(reportsFolder);
  const notebook = await writeNotebook(directory, { isListed });
  if (isListed) await writeRunsIndex(reportsFolder);
  display.tell(endText(record, notebook));
  // Everything is written and reported: a server that hangs only delays the return to the shell.
  await display.finishLive();
}
