import {
  cos,
  elementCount,
  encodeSafetensors,
  exp,
  normal,
  sin,
  type StoredTensor,
} from '@convbook/core';
import { resolveModel, type ModelSpec } from '@convbook/layers';
import { predictions, type Evaluation } from '../artifacts/evaluation.ts';
import { drawDigit } from './digits.ts';

/** Answers that are mostly right, the harder the more alike two classes are made. */
export function syntheticEvaluation(samples: number, classes: number, noise = 2.2): Evaluation {
  const labels = Uint8Array.from(
    { length: samples },
    (_, sample) => (sample * 7 + (sample >> 5)) % classes,
  );
  const logits = normal(3, 'logits', new Float32Array(samples * classes), 0, noise);
  labels.forEach((label, sample) => {
    logits[sample * classes + label] += 9;
    logits[sample * classes + ((label * 3 + 1) % classes)] += 2.5;
  });
  return { samples, classes, logits, labels };
}

/** How many answers are right. */
export function correctAnswers(evaluation: Evaluation): number {
  const { labels } = evaluation;
  return predictions(evaluation).filter((k, sample) => k === labels[sample]).length;
}

/** Files of tensors of a run directory, by name. */
export function evaluationFile({ samples, classes, logits, labels }: Evaluation): Uint8Array {
  return encode({
    logits: { dtype: 'F32', shape: [samples, classes], data: logits },
    labels: { dtype: 'U8', shape: [samples], data: labels },
  });
}

/** Images of every mistake and of the first 24 right answers of each class. */
export function samplesFile(
  evaluation: Evaluation,
  [channels, height, width]: readonly number[],
): Uint8Array {
  const given = predictions(evaluation);
  const wrong = given.flatMap((k, sample) => (k === evaluation.labels[sample] ? [] : [sample]));
  const right = given.flatMap((k, sample) => (k === evaluation.labels[sample] ? [sample] : []));
  const { labels, classes } = evaluation;
  const found = new Array<number>(classes).fill(0);
  const first = right.filter((sample) => found[labels[sample]]++ < 24);
  const indexes = Int32Array.from([...wrong, ...first]).sort();
  const images = new Uint8Array(indexes.length * channels * height * width);
  indexes.forEach((sample, k) => {
    const digit = drawDigit(evaluation.labels[sample], sample, height, width);
    for (let c = 0; c < channels; c++) images.set(digit, (k * channels + c) * digit.length);
  });
  return encode({
    images: { dtype: 'U8', shape: [indexes.length, channels, height, width], data: images },
    indexes: { dtype: 'I32', shape: [indexes.length], data: indexes },
  });
}

/** A whole model: the filters as training ends with them, small noise for the rest. */
export function modelFile(model: ModelSpec): Uint8Array {
  const tensors = resolveModel(model).parameters.map(({ name, shape }): [string, StoredTensor] => {
    const data = new Float32Array(elementCount(shape));
    if (name === 'conv1.weight') data.set(filterWeights(shape, 1));
    else normal(9, name, data, 0, 0.05);
    // A variance is not negative.
    if (name.endsWith('running_var')) data.forEach((value, k) => (data[k] = Math.abs(value) + 0.5));
    return [name, { dtype: 'F32', shape, data }];
  });
  return encode(Object.fromEntries(tensors));
}

/** First-layer filters: noise that turns into slanted edges as `progress` goes from 0 to 1. */
export function filtersFile(shape: readonly number[], progress: number): Uint8Array {
  const data = filterWeights(shape, progress);
  return encode({ 'conv1.weight': { dtype: 'F32', shape, data } });
}

function filterWeights(shape: readonly number[], progress: number): Float32Array {
  const [filters, channels, height, width] = shape;
  const noise = normal(
    1,
    'conv1.weight',
    new Float32Array(filters * channels * height * width),
    0,
    0.01,
  );
  return noise.map((weight, index) => {
    const filter = Math.floor(index / (channels * height * width));
    const [x, y] = [
      (index % width) - (width - 1) / 2,
      (Math.floor(index / width) % height) - (height - 1) / 2,
    ];
    const angle = (filter * 2.4) % Math.PI;
    const across = x * cos(angle) + y * sin(angle);
    const edge = sin(across * 1.4 + filter) * exp(-(x * x + y * y) / (height * 0.9));
    return weight * (1 + 4 * progress) + 0.35 * progress * edge * (filter % 11 === 6 ? 0.02 : 1);
  });
}

function encode(tensors: Record<string, StoredTensor>): Uint8Array {
  return encodeSafetensors(new Map(Object.entries(tensors)));
}
