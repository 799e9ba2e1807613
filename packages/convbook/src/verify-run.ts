import { join } from 'node:path';
import { printable } from '@convbook/core/checks';
import { readRun, readTrainedModel, runFiles } from '@convbook/run';
import { copyRunFile } from '@convbook/run/writing';
import { areFilesEqual } from './equal-files.ts';
import { modelFileNote } from './model-file-note.ts';
import { say, style } from './progress.ts';
import { recordedData } from './recorded-data.ts';
import { inTemporaryFolder, trainAgain } from './train-again.ts';
import { endedResult, sayVerdict } from './verified.ts';
import type { VerifyOptions } from './verify-notebook.ts';

/** Trains the run of a directory again, and compares model and metrics with its own. */
export async function verifyRun(
  directory: string,
  { data, stream, workers }: VerifyOptions,
): Promise<void> {
  const { record } = readTrainedModel(directory);
  // Whatever is damaged is refused before the training, not after it.
  readRun(directory);
  const { modelSha256 } = endedResult(record);
  const note = modelFileNote(record, directory);
  if (note !== null) say(style('yellow', printable(note)));
  await inTemporaryFolder(async (folder) => {
    const repeated = await trainAgain(record, folder, {
      workers,
      chooseData: (recorded, reading) =>
        recordedData(recorded, { directory, data, stream, ...reading }),
      async prepare() {
        if (record.start) await copyRunFile(runFiles.start, directory, folder);
      },
    });
    if (repeated === undefined) return;
    const [own, again] = [directory, folder].map((place) => join(place, runFiles.metrics));
    const isSame = modelSha256 === repeated.modelSha256 && (await areFilesEqual(own, again));
    sayVerdict(record, repeated, isSame, 'equal, and so is every line of metrics.ndjson');
  });
}
