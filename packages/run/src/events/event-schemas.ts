// Checks for each line of metrics.ndjson and timing.ndjson; events.ts has their types.
import * as v from 'valibot';
import {
  count,
  date,
  fraction,
  list,
  nonNegative,
  nullable,
  number,
  object,
  oneOf,
  optional,
  sha256,
  text,
  wholeFrom,
  type Schema,
} from '../checks/fields.ts';
import { recordedProject } from '../record/project.ts';

/** By kind of event. */
export const metricsEvents: Readonly<Record<string, Schema>> = {
  start: object({
    schema: oneOf(1),
    seed: count,
    steps: count,
    stepsPerEpoch: wholeFrom(1),
    fingerprint: optional(sha256),
  }),
  step: object({
    step: wholeFrom(1),
    epoch: wholeFrom(1),
    samples: wholeFrom(1),
    loss: number,
    correct: count,
    learningRate: nonNegative,
    gradientNorm: nonNegative,
  }),
  layers: object({
    step: wholeFrom(1),
    epoch: wholeFrom(1),
    layers: list(
      object({
        name: text,
        gradientNorm: nonNegative,
        weightNorm: nonNegative,
        updateNorm: nonNegative,
      }),
    ),
  }),
  epoch: object({
    epoch: wholeFrom(1),
    step: wholeFrom(1),
    trainLoss: number,
    trainAccuracy: fraction,
    testLoss: number,
    testAccuracy: fraction,
    testSamples: count,
    validationLoss: optional(number),
    validationAccuracy: optional(fraction),
  }),
  end: object({ status: text, step: count, modelSha256: sha256 }),
};

/** By kind of event. */
export const timingEvents: Readonly<Record<string, Schema>> = {
  start: object({
    schema: oneOf(1),
    at: date,
    workers: count,
    workersAsked: v.optional(count),
    step: count,
    engine: v.optional(
      object({ node: text, v8: text, startedBy: nullable(text), whyNarrow: nullable(text) }),
    ),
    project: v.optional(recordedProject),
    ranks: v.optional(
      list(
        object({
          rank: count,
          host: text,
          workers: count,
          shards: v.optional(count),
          samples: v.optional(count),
        }),
        1,
      ),
    ),
    library: v.optional(text),
  }),
  progress: object({
    step: count,
    epoch: count,
    elapsedSeconds: nonNegative,
    imagesPerSecond: nonNegative,
  }),
  epoch: object({
    epoch: wholeFrom(1),
    step: count,
    trainSeconds: nonNegative,
    evaluateSeconds: nonNegative,
    imagesPerSecond: nonNegative,
  }),
  timeline: object({
    step: wholeFrom(1),
    epoch: wholeFrom(1),
    milliseconds: nonNegative,
    spans: list(
      object({
        worker: count,
        phase: text,
        shard: nullable(count),
        from: nonNegative,
        to: nonNegative,
      }),
    ),
    workersLeftOut: v.optional(count),
    spansLeftOut: v.optional(count),
  }),
  workers: object({
    step: count,
    epoch: wholeFrom(1),
    workers: list(
      list(
        object({ phase: text, running: nonNegative, ending: nonNegative, waiting: nonNegative }),
      ),
    ),
  }),
  profile: object({
    step: count,
    epoch: wholeFrom(1),
    steps: wholeFrom(1),
    parts: list(object({ layer: text, direction: text, milliseconds: nonNegative })),
  }),
  fault: object({
    step: count,
    worker: nullable(count),
    message: text,
    restoredStep: count,
    what: oneOf('error', 'exit', 'memory', 'hang'),
  }),
  end: object({ step: count, elapsedSeconds: nonNegative, peakMemoryBytes: nonNegative }),
};
