import type { Dataset } from '@convbook/data';
import type { Standardization } from '@convbook/core';
import type { ModelSpec } from '@convbook/layers';
import { repeatCommand, toRunConfiguration, type RunRecord } from '@convbook/run';
import type { TrainingPlan } from '../engine/training-plan.ts';
import { describeHost, describeVersions, type WorkerCounts } from './host.ts';

/** The record of a run that is about to start. */
export function createRecord(
  spec: ModelSpec,
  data: Dataset,
  plan: TrainingPlan,
  workers: WorkerCounts,
  createdAt: Date,
): RunRecord {
  const { model, configuration, layout } = plan;
  const { classWeights, standardization } = plan.measured;
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
      scaling: standardization ? '(byte / 255 − mean) / deviation' : data.scaling,
      attribution: data.attribution,
      ...(classWeights && { classWeights: [...classWeights] }),
      ...(standardization && { standardization: copyOf(standardization) }),
    },
    versions: describeVersions(),
    host: describeHost(workers),
  };
}

function copyOf({ means, deviations }: Standardization) {
  return { means: [...means], deviations: [...deviations] };
}
