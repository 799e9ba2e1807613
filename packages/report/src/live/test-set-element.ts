// The test set of a page: written when the page is made, read by `test-set.ts`.
import { encodeSafetensors, type StoredTensor } from '@convbook/core';
import { gzipBytes, html, type Html } from '@convbook/page';
import type { Run } from '@convbook/run';
import {
  predictions,
  probabilityOf,
  softmaxScale,
  type Evaluation,
} from '../analysis/evaluation.ts';
import { toBase64 } from './base64.ts';
import { pageImages } from './page-images.ts';
import { answerTensors, type TestSetPayload } from './test-set.ts';

/**
 * The test set as an inert part of the page; null where the run has no evaluation yet.
 *
 * @param linked Places of the images to which the page has links.
 * @param mapped Places of those that are points of its map.
 */
export async function testSetElement(
  run: Run,
  linked: readonly number[] = [],
  mapped: readonly number[] = [],
): Promise<Html | null> {
  const { evaluation, samples, record } = run;
  if (evaluation === null || samples === null) return null;
  const { indexes, bytesGz } = await pageImages(run, linked, mapped);
  const payload: TestSetPayload = {
    classNames: record.data.classNames,
    shape: samples.shape,
    answersGz: toBase64(await gzipBytes(answersFile(evaluation, indexes))),
    imagesGz: toBase64(bytesGz),
  };
  return html`<template id="test-set">${JSON.stringify(payload)}</template>`;
}

function answersFile(evaluation: Evaluation, kept: readonly number[]): Uint8Array {
  const { samples, classes, logits, labels } = evaluation;
  const answers = Int32Array.from(predictions(evaluation));
  const [predicted, given] = [new Float32Array(samples), new Float32Array(samples)];
  answers.forEach((answer, index) => {
    const own = logits.subarray(index * classes, (index + 1) * classes);
    const scale = softmaxScale(own);
    predicted[index] = probabilityOf(own[answer], scale);
    if (answer !== labels[index]) given[index] = probabilityOf(own[labels[index]], scale);
  });
  const shape = [samples];
  return encodeSafetensors(
    new Map<string, StoredTensor>([
      [answerTensors.labels, { dtype: 'U8', shape, data: Uint8Array.from(labels) }],
      [answerTensors.predictions, { dtype: 'I32', shape, data: answers }],
      [answerTensors.predicted, { dtype: 'F32', shape, data: predicted }],
      [answerTensors.given, { dtype: 'F32', shape, data: given }],
      [answerTensors.indexes, { dtype: 'I32', shape: [kept.length], data: Int32Array.from(kept) }],
    ]),
  );
}
