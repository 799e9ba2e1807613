// What the page has of the test set: written when it is made, read by `test-set.ts`.
import { encodeSafetensors, type StoredTensor } from '@convbook/core';
import { evenly, gzipBytes, html, type Html } from '@convbook/page';
import type { Run } from '@convbook/run';
import {
  predictions,
  probabilityOf,
  softmaxScale,
  worstMistakes,
  type Evaluation,
} from '../analysis/evaluation.ts';
import { toBase64 } from './base64.ts';
import { choosableImages } from './payload.ts';
import { testSetTensors, type TestSetPayload } from './test-set.ts';

/** Most bytes of images in a page, compressed. */
export const mostImageBytes = 700_000;

/** The test set as an inert part of the page; null where the run has no evaluation yet. */
export async function testSetElement(run: Run): Promise<Html | null> {
  const { evaluation, samples, record } = run;
  if (evaluation === null || samples === null) return null;
  const indexes = await pageImages(run);
  const images = bytesOf(run, indexes);
  const file = encodeSafetensors(
    new Map<string, StoredTensor>([
      ...answerTensors(evaluation),
      [
        testSetTensors.images,
        { dtype: 'U8', shape: [indexes.length, ...samples.shape], data: images },
      ],
      [
        testSetTensors.indexes,
        { dtype: 'I32', shape: [indexes.length], data: Int32Array.from(indexes) },
      ],
    ]),
  );
  const payload: TestSetPayload = {
    classNames: record.data.classNames,
    fileGz: toBase64(await gzipBytes(file)),
  };
  return html`<template id="test-set">${JSON.stringify(payload)}</template>`;
}

/**
 * Places of the images that a page has, ascending: those it lets one choose and the worst mistakes first, then of
 * the others as many, evenly, as fit.
 */
export async function pageImages(run: Run): Promise<number[]> {
  const { evaluation, samples } = run;
  if (evaluation === null || samples === null) return [];
  const first = new Set([
    ...choosableImages(run),
    ...worstMistakes(evaluation).map(({ index }) => index),
  ]);
  const wanted = [...first].filter((index) => samples.images.has(index));
  const others = [...samples.images.keys()].filter((index) => !first.has(index));
  const chosen = (most: number) => [
    ...wanted.slice(0, most),
    ...evenly(others, Math.max(0, most - wanted.length)),
  ];
  for (let most = samples.images.size; ;) {
    const indexes = chosen(most).sort((a, b) => a - b);
    const { length } = await gzipBytes(bytesOf(run, indexes));
    if (length <= mostImageBytes || most <= 1) return indexes;
    most = Math.max(1, Math.floor(most * Math.min(0.95, mostImageBytes / length)));
  }
}

function bytesOf({ samples }: Run, indexes: readonly number[]): Uint8Array {
  const images = indexes.map((index) => samples?.images.get(index) ?? new Uint8Array());
  return new Uint8Array(Buffer.concat(images));
}

function answerTensors(evaluation: Evaluation): [string, StoredTensor][] {
  const { samples, classes, logits, labels } = evaluation;
  const answers = Int32Array.from(predictions(evaluation));
  const [predicted, given] = [new Float32Array(samples), new Float32Array(samples)];
  for (let index = 0; index < samples; index++) {
    const own = logits.subarray(index * classes, (index + 1) * classes);
    const scale = softmaxScale(own);
    predicted[index] = probabilityOf(own[answers[index]], scale);
    given[index] = probabilityOf(own[labels[index]], scale);
  }
  const shape = [samples];
  return [
    [testSetTensors.labels, { dtype: 'U8', shape, data: Uint8Array.from(labels) }],
    [testSetTensors.predictions, { dtype: 'I32', shape, data: answers }],
    [testSetTensors.predicted, { dtype: 'F32', shape, data: predicted }],
    [testSetTensors.given, { dtype: 'F32', shape, data: given }],
  ];
}
