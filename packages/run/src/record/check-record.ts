// The one check of `run.json`, for whoever reads it: the notebook and resume. What it accepts fits the
// types of run-record.ts, and its model resolves.
import { ConfigurationError, elementCount } from '@convbook/core';
import { showValue } from '@convbook/core/checks';
import { toCheckedModel } from '@convbook/layers';
import * as v from 'valibot';
import type { RunRecord } from './run-record.ts';
import {
  byte,
  complaint,
  count,
  date,
  fraction,
  list,
  mapping,
  nonNegative,
  nullable,
  number,
  object,
  oneOf,
  positive,
  sha256,
  text,
  wholeFrom,
} from '../checks/fields.ts';
import { mostClasses } from '../checks/limits.ts';
import { runConfiguration } from '../settings/record.ts';
import { refuseRunFile } from '../checks/refuse.ts';
import { parseStrictJson } from '../checks/strict-json.ts';
import { dataSource, modelSource } from './sources.ts';
import { recordedProject } from './project.ts';
import { recordedStart } from './start.ts';

/** A run.json has a few kilobytes; a model of 1000 layers a hundred; 32,768 class names a megabyte. */
export const longestRecord = 4 * 1024 * 1024;

const shape = list(wholeFrom(1), 1, 8);

const result = object({
  epochs: count,
  steps: count,
  trainLoss: number,
  trainAccuracy: fraction,
  testLoss: number,
  testAccuracy: fraction,
  testCorrect: count,
  balancedAccuracy: v.optional(fraction),
  macroF1: v.optional(fraction),
  top5Accuracy: v.optional(fraction),
  testSamples: count,
  elapsedSeconds: nonNegative,
  imagesPerSecond: nonNegative,
  modelSha256: sha256,
});

const pictures = object({
  fit: oneOf('digit', 'whole', 'cover', 'contain', 'stretch'),
  orientation: oneOf('upright', 'transposed'),
  ground: nullable(object({ grey: byte, ink: oneOf('bright', 'dark'), inkSide: wholeFrom(1) })),
  background: v.optional(byte),
});

const runRecord = object({
  format: oneOf('convbook-run/1'),
  status: oneOf('running', 'complete', 'interrupted', 'diverged', 'failed'),
  createdAt: date,
  fingerprint: v.optional(sha256),
  command: text,
  model: object({
    name: text,
    input: shape,
    layers: list(object({ kind: text })),
    parameters: count,
    source: v.optional(modelSource),
  }),
  start: v.optional(recordedStart),
  configuration: runConfiguration,
  data: object({
    name: text,
    sampleShape: list(wholeFrom(1), 3, 3),
    classNames: list(text, 1, mostClasses),
    trainSamples: wholeFrom(1),
    validationSamples: count,
    testSamples: count,
    sampling: v.optional(oneOf('stratified')),
    sha256: mapping(text),
    scaling: text,
    pictures: v.optional(pictures),
    attribution: text,
    source: v.optional(dataSource),
    transposed: v.optional(oneOf(true)),
    classWeights: v.optional(list(nonNegative)),
    standardization: v.optional(object({ means: list(number), deviations: list(positive) })),
  }),
  versions: mapping(text),
  project: v.optional(recordedProject),
  host: object({
    workers: count,
    workersAsked: v.optional(count),
    cores: count,
    processor: text,
    platform: text,
    memoryBytes: nonNegative,
  }),
  result: v.optional(result),
});

/**
 * Reads the text of a `run.json`.
 *
 * @param where Its path, with which messages begin.
 * @throws RunDirectoryError when it is no record of a run, whole and in itself without contradiction.
 */
export function parseRunRecord(source: string, where: string): RunRecord {
  if (source.length > longestRecord) {
    refuseRunFile(where, `expected at most ${longestRecord} characters, got ${source.length}`);
  }
  const value = parseStrictJson(source, where);
  const wrong = complaint(runRecord, value);
  if (wrong !== null) refuseRunFile(where, wrong);
  const record = value as RunRecord;
  checkTogether(record, where);
  return record;
}

/** Conditions between fields. */
function checkTogether(record: RunRecord, where: string): void {
  const { status, model, configuration, data, result } = record;
  if (status === 'complete' && result === undefined) {
    refuseRunFile(where, 'expected the result of a complete run, got nothing');
  }
  if (result !== undefined && result.testCorrect > result.testSamples) {
    const { testCorrect, testSamples } = result;
    refuseRunFile(
      where,
      `expected result.testCorrect to be at most ${testSamples}, got ${testCorrect}`,
    );
  }
  if (configuration.standardize === true && data.standardization === undefined) {
    refuseRunFile(where, 'expected data.standardization of a standardized run, got nothing');
  }
  checkLengths(data, where);
  // A vector is an image of one row.
  if (elementCount(model.input) !== elementCount(data.sampleShape)) {
    refuseRunFile(
      where,
      `expected model.input to have the values of data.sampleShape ${showValue(data.sampleShape)}, ` +
        `got ${showValue(model.input)}`,
    );
  }
  try {
    toCheckedModel(model);
  } catch (cause) {
    if (!(cause instanceof ConfigurationError)) throw cause;
    refuseRunFile(where, `expected a model that can be made, got "${cause.message}"`);
  }
}

/** As many numbers as classes or channels. */
function checkLengths(
  { classNames, classWeights, sampleShape: [channels], standardization }: RunRecord['data'],
  where: string,
): void {
  const lists = [
    { field: 'classWeights', values: classWeights, length: classNames.length },
    { field: 'standardization.means', values: standardization?.means, length: channels },
    { field: 'standardization.deviations', values: standardization?.deviations, length: channels },
  ];
  for (const { field, values, length } of lists) {
    if (values === undefined || values.length === length) continue;
    refuseRunFile(where, `expected data.${field} to have ${length} items, got ${values.length}`);
  }
}
