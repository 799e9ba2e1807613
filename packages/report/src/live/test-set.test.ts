import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';
import { readRun } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { expect, test } from 'vitest';
import { predictions, softmax } from '../analysis/evaluation.ts';
import { testSetElement } from './test-set-element.ts';
import { decodeTestSet, type TestSetPayload } from './test-set.ts';

test('a page has the answer to every test image, and the images that its run keeps', async () => {
  const directory = writeSyntheticRun(join(temporaryDirectory(), 'run'), { logitNoise: 3 });
  const run = readRun(directory);
  const { evaluation, samples } = run;
  if (evaluation === null || samples === null) throw new Error('the run is not complete');
  const [, text] = /<template[^>]*>(.*)<\/template>/s.exec(String(await testSetElement(run))) ?? [];
  const payload = JSON.parse(text.replaceAll('&quot;', '"')) as TestSetPayload;
  const unpack = (base64: string) => new Uint8Array(gunzipSync(Buffer.from(base64, 'base64')));
  const testSet = decodeTestSet(payload, {
    answers: unpack(payload.answersGz),
    images: unpack(payload.imagesGz),
  });

  expect(testSet.classNames).toEqual(run.record.data.classNames);
  expect(testSet.count).toBe(600);
  const { classes, labels, logits } = evaluation;
  predictions(evaluation).forEach((prediction, index) => {
    const own = softmax(logits.subarray(index * classes, (index + 1) * classes));
    const label = labels[index];
    expect(testSet.answer(index)).toEqual({
      index,
      label,
      prediction,
      predictionProbability: Math.fround(own[prediction]),
      labelProbability: Math.fround(own[label]),
    });
    expect(testSet.image(index)).toEqual(
      samples.images.has(index) ? Uint8Array.from(samples.images.get(index) ?? []) : null,
    );
  });
  expect(testSet.kept).toEqual([...samples.images.keys()].sort((a, b) => a - b));
});
