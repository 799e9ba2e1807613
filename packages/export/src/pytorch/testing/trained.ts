// Trained models of any layers, with drawn weights, for tests.
import { elementCount, normal, toScaling, type Standardization } from '@convbook/core';
import { resolveModel, type ModelSpec, type ResolvedParameter } from '@convbook/layers';
import type { RunRecord, TrainedModel } from '@convbook/run';
import { syntheticEvaluation, syntheticRecord } from '@convbook/run/testing';

/** What a test chooses beside the layers. */
export interface TrainedChoices {
  readonly data?: Partial<RunRecord['data']>;
  readonly standardization?: Standardization;
}

/** A model that was trained, as far as its files tell. */
export function trainedModel(spec: ModelSpec, choices: TrainedChoices = {}): TrainedModel {
  const model = resolveModel(spec);
  const { standardization } = choices;
  const classNames = Array.from({ length: elementCount(model.output) }, (_, k) => `class ${k}`);
  const settings = {
    status: 'complete' as const,
    classNames,
    epochs: 2,
    stepsPerEpoch: 7,
    steps: 14,
    testSamples: 20,
    input: [...spec.input],
    filters: 1,
    kernelSize: 1,
  };
  const record = syntheticRecord(
    settings,
    syntheticEvaluation(settings.testSamples, classNames.length),
    '0'.repeat(64),
  );
  const { name, input } = model;
  record.model = { name, input: [...input], layers: [...spec.layers], parameters: 0 };
  const sampleShape = input.length === 3 ? [...input] : [1, 1, elementCount(input)];
  Object.assign(record.data, { sampleShape, ...choices.data });
  if (standardization) {
    const { means, deviations } = standardization;
    record.data.standardization = { means: [...means], deviations: [...deviations] };
  }
  const parameters = new Map(model.parameters.map((own) => [own.name, valuesOf(own)]));
  return { record, model, parameters, scaling: standardization && toScaling(standardization) };
}

/** Weights by which values keep their size from layer to layer; every other number is its own, too. */
function valuesOf({ name, shape }: ResolvedParameter): Float32Array {
  const inputs = shape.length === 1 ? 30 : elementCount(shape.slice(1));
  const values = new Float32Array(elementCount(shape));
  normal(7, name, values, 0, Math.sqrt(2 / inputs));
  if (name.endsWith('.running_var')) return values.map((value) => 0.7 + Math.abs(value));
  return shape.length === 1 && name.endsWith('.weight') ? values.map((value) => 1 + value) : values;
}
