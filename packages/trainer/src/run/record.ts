import { elementCount, type Standardization } from '@convbook/core';
import { dataHashes } from '@convbook/data';
import { picturesOf } from '@convbook/data/training';
import { repeatCommand, toRunConfiguration, type RunRecord } from '@convbook/run';
import type { TrainingPlan } from '../engine/training-plan.ts';
import { describeHost, describeVersions, type WorkerCounts } from './host.ts';
import { recordStart, startFlags } from '../start/record-start.ts';
import { readingFlags } from './reading-flags.ts';
import { describeData, describeModel, type RunParts } from './sources.ts';

/** The record of a run that is about to start. */
export function createRecord(
  parts: RunParts,
  plan: TrainingPlan,
  workers: WorkerCounts,
  createdAt: Date,
): RunRecord {
  const { model, configuration } = plan;
  const { data, start, from = '', fromWord = from, directory } = parts;
  const [modelPart, dataPart] = [describeModel(parts), describeData(parts)];
  const { classWeights, standardization } = plan.measured;
  return {
    format: 'convbook-run/1',
    status: 'running',
    createdAt: createdAt.toISOString(),
    command: [
      repeatCommand(modelPart.word, dataPart.word, configuration, {
        channels: data.sampleShape[0],
      }),
      readingFlags(data),
      start ? startFlags(start, fromWord, configuration, data.sampleShape[0]) : '',
    ].join(''),
    model: {
      name: model.name,
      input: [...model.input],
      layers: [...parts.model.layers],
      parameters: countParameters(plan),
      source: modelPart.source,
    },
    ...(start && { start: recordStart(start, directory) }),
    configuration: toRunConfiguration(configuration),
    data: {
      name: data.name,
      sampleShape: [...data.sampleShape],
      classNames: [...data.classNames],
      trainSamples: plan.trainSamples,
      validationSamples: configuration.validation,
      testSamples: data.test.count,
      sampling: 'stratified',
      sha256: dataHashes(data),
      scaling: standardization ? '(byte / 255 − mean) / deviation' : data.scaling,
      pictures: picturesOf(data),
      attribution: data.attribution,
      source: dataPart.source,
      ...(data.transposed === true ? { transposed: true } : {}),
      ...(classWeights && { classWeights: [...classWeights] }),
      ...(standardization && { standardization: copyOf(standardization) }),
    },
    versions: describeVersions(),
    host: describeHost(workers),
  };
}

/** Frozen ones too, running statistics not. */
function countParameters({ model }: TrainingPlan): number {
  return model.parameters
    .filter(({ isBuffer = false }) => !isBuffer)
    .reduce((sum, { shape }) => sum + elementCount(shape), 0);
}

function copyOf({ means, deviations }: Standardization) {
  return { means: [...means], deviations: [...deviations] };
}
