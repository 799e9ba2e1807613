import { readModelFile, readTrainedModel } from '@convbook/run';
import type { ExportedModel } from './export-format.ts';

/**
 * The model of a run, to be exported.
 *
 * @throws RunDirectoryError when there is none, or it is not what run.json says.
 */
export function readExportedModel(directory: string): ExportedModel {
  const trained = readTrainedModel(directory);
  return { ...trained, weightsFile: () => readModelFile(directory, trained.record, true) };
}
