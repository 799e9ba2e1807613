import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { RunDirectoryError } from '@convbook/core';
import type { Dataset } from '@convbook/data';
import { runFiles, type ModelSpec, type RunRecord } from '@convbook/layers';
import type { Configuration } from '../configuration.ts';
import type { TrainingPlan } from '../engine/training-plan.ts';
import { describeHost, describeVersions } from '../host.ts';
import { repeatCommand } from '../repeat-command.ts';

/** The record of a run that is about to start. */
export function createRecord(
  spec: ModelSpec,
  data: Dataset,
  plan: TrainingPlan,
  workers: number,
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
    configuration: toPlain(configuration),
    data: {
      name: data.name,
      sampleShape: [...data.sampleShape],
      classNames: [...data.classNames],
      trainSamples: plan.trainSamples,
      validationSamples: configuration.validation,
      testSamples: data.test.count,
      ...{ sha256: data.sha256, scaling: data.scaling, attribution: data.attribution },
    },
    versions: describeVersions(),
    host: describeHost(workers),
  };
}

function toPlain(configuration: Configuration): RunRecord['configuration'] {
  const { optimizer, schedule, loss, ...rest } = configuration;
  const { name, ...lossSettings } = loss;
  return {
    ...rest,
    ...{ schedule: { ...schedule }, optimizer: { ...optimizer } },
    ...{ loss: name, lossSettings },
  };
}

/**
 * Reads `run.json`.
 *
 * @throws RunDirectoryError when it is missing or no record of a run.
 */
export async function readRecord(directory: string): Promise<RunRecord> {
  const file = path.join(directory, runFiles.record);
  try {
    const record = JSON.parse(await readFile(file, 'utf8')) as RunRecord;
    if (record.format === 'convbook-run/1') return record;
  } catch (cause) {
    throw new RunDirectoryError(`${file}: cannot be read, got ${(cause as Error).message}`, {
      cause,
    });
  }
  throw new RunDirectoryError(`${file}: expected format convbook-run/1, got another`);
}
