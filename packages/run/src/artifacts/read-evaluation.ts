// evaluation.safetensors: what the trained model answered to the test set.
import { join } from 'node:path';
import { decodeSafetensors } from '@convbook/core';
import { headBytes } from '@convbook/core/files';
import { checkFingerprint } from '../checks/fingerprint.ts';
import { refuseRunFile } from '../checks/refuse.ts';
import { readBytes } from '../files/read-file.ts';
import { runFiles } from '../files/run-files.ts';
import type { RunRecord, RunResult } from '../record/run-record.ts';
import { predictions, type Evaluation } from './evaluation.ts';
import { takeTensor } from './take-tensor.ts';

/**
 * The evaluation of a run directory, null where it is missing and may be.
 *
 * @throws RunDirectoryError when it is malformed, or says other than run.json.
 */
export function readEvaluation(
  directory: string,
  required: boolean,
  record: RunRecord,
): Evaluation | null {
  const evaluation = readAnswers(directory, required, record);
  const { result } = record;
  if (evaluation !== null && result !== undefined) checkCounts(directory, result, evaluation);
  return evaluation;
}

/** Logits and labels of the test images over the classes of the data. */
function readAnswers(directory: string, required: boolean, record: RunRecord): Evaluation | null {
  const { classNames, testSamples } = record.data;
  const classes = classNames.length;
  const mostBytes = headBytes + testSamples * (4 * classes + 1);
  const bytes = readBytes(directory, runFiles.evaluation, required, mostBytes);
  if (bytes === null) return null;
  const where = join(directory, runFiles.evaluation);
  const { tensors, metadata } = decodeSafetensors(bytes, where);
  checkFingerprint(metadata.fingerprint, record, where);
  const logits = takeTensor(tensors, 'logits', 'F32', 2, where);
  const labels = takeTensor(tensors, 'labels', 'U8', 1, where);
  if (logits.shape[0] !== labels.shape[0]) {
    refuseRunFile(
      where,
      `expected as many labels as rows of logits, got ${labels.shape[0]} and ${logits.shape[0]}`,
    );
  }
  if (logits.shape[1] !== classes) {
    refuseRunFile(where, `expected logits of ${classes} classes, got ${logits.shape[1]}`);
  }
  const stray = labels.data.find((label) => label >= classes);
  if (stray !== undefined) refuseRunFile(where, `expected labels below ${classes}, got ${stray}`);
  return { samples: labels.shape[0], classes, logits: logits.data, labels: labels.data };
}

/** The counts of the test set in run.json must be those of the logits. */
function checkCounts(directory: string, result: RunResult, evaluation: Evaluation): void {
  const { samples, labels } = evaluation;
  const correct = predictions(evaluation).filter((k, sample) => k === labels[sample]).length;
  if (correct === result.testCorrect && samples === result.testSamples) return;
  refuseRunFile(
    join(directory, runFiles.evaluation),
    `expected ${result.testCorrect} of ${result.testSamples} answers to be right as run.json says, ` +
      `got ${correct} of ${samples}`,
  );
}
