import { createHash } from 'node:crypto';
import { elementCount, encodeSafetensors } from '@convbook/core';
import type { PictureDescription } from '@convbook/core/pictures';
import { initializeParameters, resolveModel, type ModelSpec } from '@convbook/layers';
import { syntheticEvaluation, syntheticRecord } from '@convbook/run/testing';
import type { ExportedModel } from '../export-format.ts';

/** What may differ from a run on digits. */
export interface ExportedChoices {
  readonly classNames?: readonly string[];
  readonly pictures?: PictureDescription;
}

/** A model with its initial weights as if a run had trained it, for tests. */
export function exportedModel(
  spec: ModelSpec,
  { classNames, pictures }: ExportedChoices = {},
): ExportedModel {
  const model = resolveModel(spec);
  const parameters = initializeParameters(model, 1);
  const tensors = [...parameters].map(([name, data], k) => {
    const { shape } = model.parameters[k];
    return [name, { dtype: 'F32', shape, data }] as const;
  });
  const weights = encodeSafetensors(new Map(tensors));
  const classes = elementCount(model.output);
  const names = classNames ?? Array.from({ length: classes }, (_, k) => String(k));
  const evaluation = syntheticEvaluation(20, classes);
  const sha256 = createHash('sha256').update(weights).digest('hex');
  const settings = {
    status: 'complete' as const,
    classNames: [...names],
    epochs: 1,
    stepsPerEpoch: 1,
    steps: 1,
    testSamples: 20,
    input: [...spec.input],
    filters: 1,
    kernelSize: 1,
  };
  const record = syntheticRecord(settings, evaluation, sha256);
  const count = model.parameters.reduce((sum, { shape }) => sum + elementCount(shape), 0);
  const { name = 'model', input, layers } = spec;
  return {
    model,
    parameters,
    record: {
      ...record,
      model: { name, input: [...input], layers: [...layers], parameters: count },
      data: { ...record.data, ...(pictures && { pictures }) },
    },
    weightsFile: () => weights,
  };
}
