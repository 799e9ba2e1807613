// Trained models of any layers for tests: seeded weights, and the record of a run.
import { createHash } from 'node:crypto';
import { elementCount, encodeSafetensors, toScaling, type Standardization } from '@convbook/core';
import { resolveModel, type ModelSpec, type ResolvedModel } from '@convbook/layers';
import type { RunRecord } from '@convbook/run';
import { syntheticEvaluation, syntheticRecord } from '@convbook/run/testing';
import type { ExportedModel } from '../export-format.ts';

/** Differences from a run on plain images of bytes divided by 255. */
export interface TrainedChoices {
  readonly data?: Partial<RunRecord['data']>;
  readonly standardization?: Standardization;
}

/** A model whose outputs are about as large as its inputs, with biases and statistics that are not all alike. */
export function trainedModel(spec: ModelSpec, choices: TrainedChoices = {}): ExportedModel {
  const model = resolveModel(spec);
  const parameters = drawnParameters(model);
  const weights = weightsFile(model, parameters);
  const record = recordOf(model, choices.data);
  Object.assign(record.model, {
    name: model.name,
    input: [...model.input],
    layers: [...spec.layers],
  });
  record.model.parameters = model.parameters.reduce(
    (sum, { shape }) => sum + elementCount(shape),
    0,
  );
  if (record.result) record.result.modelSha256 = createHash('sha256').update(weights).digest('hex');
  const { standardization } = choices;
  if (standardization) {
    const { means, deviations } = standardization;
    record.data.standardization = { means: [...means], deviations: [...deviations] };
  }
  const scaling = standardization && toScaling(standardization);
  return { record, model, parameters, scaling, weightsFile: () => weights };
}

function drawnParameters(model: ResolvedModel): ReadonlyMap<string, Float32Array> {
  const values = evenNumbers();
  return new Map(
    model.parameters.map(({ name, shape, initializer }) => {
      const [middle, reach] =
        'value' in initializer
          ? [initializer.value, 0.2]
          : [0, Math.sqrt(6 / elementCount(shape.slice(1)))];
      return [name, values(elementCount(shape), middle, reach)] as const;
    }),
  );
}

/**
 * Gives numbers evenly from middle − reach to middle + reach, as a linear congruential generator draws them: large
 * models have too many for the random numbers of training.
 */
export function evenNumbers(
  seed = 1,
): (count: number, middle: number, reach: number) => Float32Array {
  let state = seed;
  return (count, middle, reach) => {
    const values = new Float32Array(count);
    for (let k = 0; k < count; k++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
      values[k] = middle + (state / 2 ** 31) * reach;
    }
    return values;
  };
}

function weightsFile(
  { parameters }: ResolvedModel,
  values: ReadonlyMap<string, Float32Array>,
): Uint8Array {
  const tensors = parameters.map(({ name, shape }) => {
    const data = values.get(name) ?? new Float32Array();
    return [name, { dtype: 'F32', shape, data }] as const;
  });
  return encodeSafetensors(new Map(tensors));
}

function recordOf({ input, output }: ResolvedModel, data: TrainedChoices['data']): RunRecord {
  const classes = elementCount(output);
  const settings = {
    status: 'complete' as const,
    classNames: Array.from({ length: classes }, (_, k) => `class ${k}`),
    epochs: 2,
    stepsPerEpoch: 7,
    steps: 14,
    testSamples: 20,
    input: [...input],
    filters: 1,
    kernelSize: 1,
  };
  const evaluation = syntheticEvaluation(settings.testSamples, classes);
  const record = syntheticRecord(settings, evaluation, 'f'.repeat(64));
  const sampleShape = input.length === 3 ? [...input] : [1, 1, elementCount(input)];
  Object.assign(record.data, { sampleShape }, data);
  return record;
}
