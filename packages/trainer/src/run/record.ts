import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Dataset } from '@convbook/data';
import type { ModelSpec } from '@convbook/layers';
import {
  refuseRunFile,
  repeatCommand,
  runFiles,
  toRunConfiguration,
  type RunRecord,
} from '@convbook/run';
import type { TrainingPlan } from '../engine/training-plan.ts';
import { describeHost, describeVersions, type WorkerCounts } from './host.ts';
import { parseRecord } from './record-schema.ts';

/** The record of a run that is about to start. */
export function createRecord(
  spec: ModelSpec,
  data: Dataset,
  plan: TrainingPlan,
  workers: WorkerCounts,
  createdAt: Date,
): RunRecord {
  const { model, configuration, layout } = plan;
  return {
    format: 'convbook-run/1',
    status: 'running',
    createdAt: createdAt.toISOString(),
    command: repeatCommand(model.name, data.name, configuration),
    model: {
      name: model.name,
      input: [...model.input],
      layers: [...spec.layers],
      parameters: layout.parameters.reduce((sum, { count }) => sum + count, 0),
    },
    configuration: toRunConfiguration(configuration),
    data: {
      name: data.name,
      sampleShape: [...data.sampleShape],
      classNames: [...data.classNames],
      trainSamples: plan.trainSamples,
      validationSamples: configuration.validation,
      testSamples: data.test.count,
      sha256: data.sha256,
      scaling: data.scaling,
      attribution: data.attribution,
    },
    versions: describeVersions(),
    host: describeHost(workers),
  };
}

/**
 * Reads `run.json`.
 *
 * @throws RunDirectoryError when it is missing, or no record of a run that can be trained.
 */
export async function readRecord(directory: string): Promise<RunRecord> {
  const file = path.join(directory, runFiles.record);
  const cannotRead = (cause: unknown) => {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    return refuseRunFile(file, `cannot be read, got ${code}`);
  };
  const stats = await stat(file).catch(cannotRead);
  // Reading a pipe waits for whoever writes to it, and a device need not end.
  if (!stats.isFile()) refuseRunFile(file, 'expected a file, got a folder, pipe or device');
  return parseRecord(await readFile(file, 'utf8').catch(cannotRead), file);
}
