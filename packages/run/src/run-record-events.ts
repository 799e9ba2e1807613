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
  nullable,
  number,
  object,
  oneOf,
  optional,
  sha256,
  text,
  wholeFrom,
  wholeNumbers,
  type Schema,
} from './run-record-fields.ts';
import { parseStrictJson, refuseRunFile } from './run-record-json.ts';
import { longestLine } from './run-record-limits.ts';

const metricsEvents: Readonly<Record<string, Schema>> = {
  start: object({
    schema: oneOf(1),
    seed: count,
    steps: count,
    stepsPerEpoch: wholeFrom(1),
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

const timingEvents: Readonly<Record<string, Schema>> = {
  start: object({
    schema: oneOf(1),
    at: date,
    workers: count,
    workersAsked: v.optional(count),
    step: count,
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

/** Reads a log one line after another. */
export interface EventReader<Event> {
  /**
   * The event of the next line; null where it is of a kind without a check: a newer trainer may write
   * more.
   *
   * @throws RunDirectoryError beginning with the log and the line's number.
   */
  read(line: string): Event | null;
}

/** A reader of the `metrics.ndjson` at `where`: steps, their norms and epochs each ascend. */
export function createMetricsReader(where: string): EventReader<MetricsEvent> {
  const last = { step: 0, layers: 0, epoch: 0 };
  return createEventReader<MetricsEvent>(where, metricsEvents, (event, place) => {
    if (event.event === 'start' || event.event === 'end') return;
    const at = event.event === 'epoch' ? event.epoch : event.step;
    if (at <= last[event.event]) {
      refuseRunFile(place(), `expected ${event.event} to be above ${last[event.event]}, got ${at}`);
    }
    last[event.event] = at;
  });
}

/** A reader of the `timing.ndjson` at `where`, in any order: a resumed run repeats steps. */
export function createTimingReader(where: string): EventReader<TimingEvent> {
  return createEventReader<TimingEvent>(where, timingEvents, () => undefined);
}

const named = object({ event: text });

/** Objects, lists, keys and texts in a line of the longest: a timeline has 7 for each 80 bytes. */
const mostParts = 100_000;

function createEventReader<Event>(
  where: string,
  checks: Readonly<Record<string, Schema>>,
  checkOrder: (event: Event, place: () => string) => void,
): EventReader<Event> {
  let number = 0;
  const place = () => `${where}:${number}`;
  return {
    read(line) {
      number++;
      if (line.length > longestLine) {
        refuseRunFile(place(), `expected at most ${longestLine} characters, got more`);
      }
      const value = parseStrictJson(line, place(), false, mostParts);
      const wrong = complaint(named, value);
      if (wrong !== null) refuseRunFile(place(), wrong);
      const { event } = value as { event: string };
      if (!Object.hasOwn(checks, event)) return null;
      const complains = complaint(checks[event], value);
      if (complains !== null) refuseRunFile(place(), complains);
      checkOrder(value as Event, place);
      return value as Event;
    },
  };
}

/**
 * Reads the text of a `metrics.ndjson`.
 *
 * @param mayBeCut Whether a last line without its end, as a crash leaves it, is left out.
 * @throws RunDirectoryError beginning with `where` and the line.
 */
export function parseMetrics(source: string, where: string, mayBeCut: boolean): MetricsEvent[] {
  return parseEvents(source, where, createMetricsReader(where), mayBeCut);
}

/** Reads the text of a `timing.ndjson`, as `parseMetrics` does. */
export function parseTiming(source: string, where: string, mayBeCut: boolean): TimingEvent[] {
  return parseEvents(source, where, createTimingReader(where), mayBeCut);
}

function parseEvents<Event>(
  source: string,
  where: string,
  reader: EventReader<Event>,
  mayBeCut: boolean,
): Event[] {
  const lines = source.split('\n');
  const rest = lines.pop() ?? '';
  const events = lines.map((line) => reader.read(line)).filter((event) => event !== null);
  if (rest !== '' && !mayBeCut) refuseCutLine(where, rest);
  return events;
}

/** Refuses a log whose last line, which begins with `rest`, has no end. */
export function refuseCutLine(where: string, rest: string): never {
  const shown = showValue(rest.slice(0, 100));
  return refuseRunFile(where, `expected a line end after the last event, got ${shown}`);
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
    name: text,
    train: part,
    test: part,
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
