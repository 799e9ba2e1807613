// What the notebook needs of the JSON files of a run; the types are in @convbook/layers.

import {
  count,
  date,
  fraction,
  list,
  mapping,
  nullable,
  number,
  object,
  oneOf,
  optional,
  text,
} from './fields.ts';
import type { Check } from './fields.ts';

const named = object({ name: text });

const result = object({
  epochs: count,
  steps: count,
  trainLoss: number,
  trainAccuracy: fraction,
  testLoss: number,
  testAccuracy: fraction,
  testCorrect: count,
  testSamples: count,
  elapsedSeconds: number,
  imagesPerSecond: number,
  modelSha256: text,
});

export const runRecord = object({
  format: oneOf('convbook-run/1'),
  status: oneOf('running', 'complete', 'interrupted', 'diverged', 'failed'),
  createdAt: date,
  command: text,
  model: object({
    name: text,
    input: list(count),
    layers: list(object({ kind: text })),
    parameters: count,
  }),
  configuration: object({
    epochs: count,
    batchSize: count,
    shardSize: count,
    evaluationShardSize: count,
    seed: number,
    limit: nullable(count),
    validation: count,
    learningRate: number,
    schedule: named,
    optimizer: named,
    loss: text,
  }),
  data: object({
    name: text,
    sampleShape: list(count),
    classNames: list(text),
    trainSamples: count,
    validationSamples: count,
    testSamples: count,
    sha256: mapping(text),
    scaling: text,
    attribution: text,
  }),
  versions: mapping(text),
  host: object({
    workers: count,
    cores: count,
    processor: text,
    platform: text,
    memoryBytes: number,
  }),
  result: optional(result),
});

const part = object({ samples: count, perClass: list(count) });

export const datasetRecord = object({
  name: text,
  sampleShape: list(count),
  classNames: list(text),
  train: part,
  test: part,
  meanImages: list(list(number)),
  histogram: list(count),
});

export const metricsEvents: Record<string, Check> = {
  start: object({ schema: oneOf(1), seed: number, steps: count, stepsPerEpoch: count }),
  step: object({
    step: count,
    epoch: count,
    samples: count,
    loss: number,
    correct: count,
    learningRate: number,
    gradientNorm: number,
  }),
  epoch: object({
    epoch: count,
    step: count,
    trainLoss: number,
    trainAccuracy: fraction,
    testLoss: number,
    testAccuracy: fraction,
    testSamples: count,
    validationLoss: optional(number),
    validationAccuracy: optional(fraction),
  }),
  end: object({ status: text, step: count, modelSha256: text }),
};

export const timingEvents: Record<string, Check> = {
  start: object({ schema: oneOf(1), workers: count, step: count }),
  progress: object({ step: count, elapsedSeconds: number, imagesPerSecond: number }),
  epoch: object({
    epoch: count,
    step: count,
    trainSeconds: number,
    evaluateSeconds: number,
    imagesPerSecond: number,
  }),
  end: object({ step: count, elapsedSeconds: number, peakMemoryBytes: number }),
};
