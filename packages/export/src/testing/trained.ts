// Trained models for tests: seeded weights, and the record of a run.
import { elementCount } from '@convbook/core';
import { resolveModel, type ModelSpec } from '@convbook/layers';
import type { TrainedModel } from '@convbook/run';
import { syntheticEvaluation, syntheticRecord } from '@convbook/run/testing';

/** A model whose outputs are about as large as its inputs, with biases and statistics that are not all alike. */
export function trainedModel(spec: ModelSpec): TrainedModel {
  const model = resolveModel(spec);
  const values = evenNumbers();
  const parameters = model.parameters.map(({ name, shape, initializer }) => {
    const [middle, reach] =
      'value' in initializer
        ? [initializer.value, 0.2]
        : [0, Math.sqrt(6 / elementCount(shape.slice(1)))];
    return [name, values(elementCount(shape), middle, reach)] as const;
  });
  return { record: recordOf(spec, model.output[0]), model, parameters: new Map(parameters) };
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

function recordOf(spec: ModelSpec, classes: number): TrainedModel['record'] {
  const settings = {
    status: 'complete' as const,
    classNames: Array.from({ length: classes }, (_, k) => `class ${k}`),
    epochs: 1,
    stepsPerEpoch: 2,
    steps: 2,
    testSamples: 20,
    input: [...spec.input],
    filters: 1,
    kernelSize: 1,
  };
  const evaluation = syntheticEvaluation(settings.testSamples, classes);
  return syntheticRecord(settings, evaluation, 'f'.repeat(64));
}
