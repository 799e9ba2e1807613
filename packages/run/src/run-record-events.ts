// The checks of metrics.ndjson, timing.ndjson and dataset.json, beside their types in run-record.ts.
import { showValue } from '@convbook/core';
import * as v from 'valibot';
import type { DatasetRecord, MetricsEvent, RunRecord, TimingEvent } from './run-record.ts';
import {
  complaint,
  count,
  date,
  fraction,
  list,
  nonNegative,
  number,
  object,
  oneOf,
  sha256,
  text,
  wholeFrom,
  wholeNumbers,
  type Schema,
} from './run-record-fields.ts';
import { parseStrictJson, refuseRunFile } from './run-record-json.ts';

const metricsEvents: Readonly<Record<string, Schema>> = {
  start: object({
    ...{ schema: oneOf(1), seed: count, steps: count, stepsPerEpoch: wholeFrom(1) },
  }),
  step: object({
    ...{ step: wholeFrom(1), epoch: wholeFrom(1), samples: wholeFrom(1), loss: number },
    ...{ correct: count, learningRate: nonNegative, gradientNorm: nonNegative },
  }),
  layers: object({
    ...{ step: wholeFrom(1), epoch: wholeFrom(1) },
    layers: list(
      object({
        ...{ name: text, gradientNorm: nonNegative },
        ...{ weightNorm: nonNegative, updateNorm: nonNegative },
      }),
    ),
  }),
  epoch: object({
    ...{ epoch: wholeFrom(1), step: wholeFrom(1), trainLoss: number, trainAccuracy: fraction },
    ...{ testLoss: number, testAccuracy: fraction, testSamples: count },
    ...{ validationLoss: v.optional(number), validationAccuracy: v.optional(fraction) },
  }),
  end: object({ status: text, step: count, modelSha256: sha256 }),
};

const timingEvents: Readonly<Record<string, Schema>> = {
  start: object({ schema: oneOf(1), at: date, workers: count, step: count }),
  progress: object({
    ...{ step: count, epoch: count, elapsedSeconds: nonNegative, imagesPerSecond: nonNegative },
  }),
  epoch: object({
    ...{ epoch: wholeFrom(1), step: count },
    ...{ trainSeconds: nonNegative, evaluateSeconds: nonNegative, imagesPerSecond: nonNegative },
  }),
  timeline: object({
    ...{ step: wholeFrom(1), epoch: wholeFrom(1), milliseconds: nonNegative },
    spans: list(
      object({
        ...{ worker: count, phase: text, shard: v.nullable(count) },
        ...{ from: nonNegative, to: nonNegative },
      }),
    ),
  }),
  workers: object({
    ...{ step: count, epoch: wholeFrom(1) },
    workers: list(
      list(
        object({ phase: text, running: nonNegative, ending: nonNegative, waiting: nonNegative }),
      ),
    ),
  }),
  profile: object({
    ...{ step: count, epoch: wholeFrom(1), steps: wholeFrom(1) },
    parts: list(object({ layer: text, direction: text, milliseconds: nonNegative })),
  }),
  fault: object({
    ...{ step: count, worker: v.nullable(count), message: text, restoredStep: count },
    what: oneOf('error', 'exit', 'memory', 'hang'),
  }),
  end: object({ step: count, elapsedSeconds: nonNegative, peakMemoryBytes: nonNegative }),
};

const longestLine = 64 * 1024;

/**
 * Reads the lines of `metrics.ndjson`: steps, their norms and epochs each in ascending order.
 *
 * @param mayBeCut Whether a last line without its end, as a crash leaves it, is left out.
 * @throws RunDirectoryError beginning with `where` and the line.
 */
export function parseMetrics(source: string, where: string, mayBeCut: boolean): MetricsEvent[] {
  const last = { step: 0, layers: 0, epoch: 0 };
  return parseEvents<MetricsEvent>(source, where, metricsEvents, mayBeCut, (event, place) => {
    if (event.event === 'start' || event.event === 'end') return;
    const at = event.event === 'epoch' ? event.epoch : event.step;
    if (at <= last[event.event]) {
      refuseRunFile(place, `expected ${event.event} to be above ${last[event.event]}, got ${at}`);
    }
    last[event.event] = at;
  });
}

/** Reads the lines of `timing.ndjson`, as `parseMetrics` does; a resumed run repeats steps. */
export function parseTiming(source: string, where: string, mayBeCut: boolean): TimingEvent[] {
  return parseEvents<TimingEvent>(source, where, timingEvents, mayBeCut, () => undefined);
}

/** Kinds of events without a check are left out: a newer trainer may write more. */
function parseEvents<Event>(
  source: string,
  where: string,
  checks: Readonly<Record<string, Schema>>,
  mayBeCut: boolean,
  checkOrder: (event: Event, place: string) => void,
): Event[] {
  const events: Event[] = [];
  const named = object({ event: text });
  let begin = 0;
  for (let number = 1; begin < source.length; number++) {
    const end = source.indexOf('\n', begin);
    if (end < 0) break;
    const place = `${where}:${number}`;
    if (end - begin > longestLine) {
      refuseRunFile(place, `expected at most ${longestLine} characters, got ${end - begin}`);
    }
    const value = parseStrictJson(source.slice(begin, end), place);
    const wrong = complaint(named, value);
    if (wrong !== null) refuseRunFile(place, wrong);
    const { event } = value as { event: string };
    if (Object.hasOwn(checks, event)) {
      const complains = complaint(checks[event], value);
      if (complains !== null) refuseRunFile(place, complains);
      checkOrder(value as Event, place);
      events.push(value as Event);
    }
    begin = end + 1;
  }
  if (begin < source.length && !mayBeCut) {
    const rest = showValue(source.slice(begin, begin + 100));
    refuseRunFile(where, `expected a line end after the last event, got ${rest}`);
  }
  return events;
}

/** Mean images are at most 2^20 values, each of up to four characters. */
const longestDescription = 8 * 1024 * 1024;

/**
 * Reads a `dataset.json`, which describes the data that `run.json` names.
 *
 * @throws RunDirectoryError beginning with `where` where it does not.
 */
export function parseDatasetRecord(
  source: string,
  where: string,
  { sampleShape, classNames }: RunRecord['data'],
): DatasetRecord {
  if (source.length > longestDescription) {
    refuseRunFile(where, `expected at most ${longestDescription} characters, got ${source.length}`);
  }
  const classes = classNames.length;
  const part = object({
    samples: count,
    perClass: wholeNumbers(classes, 0, Number.MAX_SAFE_INTEGER),
  });
  const pixels = sampleShape.reduce((product, size) => product * size, 1);
  const image = wholeNumbers(pixels, 0, 255);
  const schema = object({
    ...{ name: text, train: part, test: part },
    sampleShape: v.pipe(list(count), same(sampleShape, 'data.sampleShape of run.json')),
    classNames: v.pipe(list(text), same(classNames, 'data.classNames of run.json')),
    meanImages: v.pipe(list(image), forEachOrNone(classes)),
    histogram: wholeNumbers(256, 0, Number.MAX_SAFE_INTEGER),
    augmented: v.optional(list(list(image, 2))),
  });
  const value = parseStrictJson(source, where, true);
  const wrong = complaint(schema, value);
  return wrong === null ? (value as DatasetRecord) : refuseRunFile(where, wrong);
}

function forEachOrNone(classes: number) {
  return v.check<unknown, string>(
    (images) => [0, classes].includes((images as unknown[]).length),
    `an image for each of ${classes} classes, or none`,
  );
}

function same(expected: readonly unknown[], phrase: string) {
  return v.check<unknown, string>(
    (value) => JSON.stringify(value) === JSON.stringify(expected),
    `${phrase}, ${showValue(expected)}`,
  );
}
