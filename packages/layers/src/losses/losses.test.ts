// Every loss has a row here: its gradient by finite differences, and its kernel in the plan against
// the reference, for labels and targets. The trainer's loss.test.ts has what losses refuse.
import { assertClose } from '@convbook/core/testing';
import { oneHot } from '@convbook/core/reference';
import { loadKernelModule } from '@convbook/core/node';
import { describe, expect, test } from 'vitest';
import { conv2d } from '../conv2d/conv2d.ts';
import { dense } from '../dense/dense.ts';
import { flatten } from '../flatten/flatten.ts';
import { resolveModel } from '../model/model.ts';
import { runModel } from '../run-model.ts';
import { assertGradient } from '../testing/finite-differences.ts';
import { runReference } from '../testing/reference-model.ts';
import { normals, separated, valuesOf } from '../testing/values.ts';
import { lossKinds, type LossSpec } from './registry.ts';

const rows: Record<LossSpec['name'], LossSpec[]> = {
  'softmax-cross-entropy': [
    { name: 'softmax-cross-entropy', labelSmoothing: 0 },
    { name: 'softmax-cross-entropy', labelSmoothing: 0.1 },
  ],
  'binary-cross-entropy': [{ name: 'binary-cross-entropy' }],
  'mean-absolute': [{ name: 'mean-absolute' }],
  'mean-squared': [{ name: 'mean-squared' }],
  huber: [
    { name: 'huber', delta: 1 },
    { name: 'huber', delta: 0.1 },
  ],
};

test('every loss has a row, and its own name', () => {
  expect(Object.keys(rows)).toEqual(Object.keys(lossKinds));
  for (const [name, { defaults, expected }] of Object.entries(lossKinds)) {
    expect(defaults.name).toBe(name);
    expect(['name', ...Object.keys(expected)]).toEqual(Object.keys(defaults));
  }
});

const module = await loadKernelModule('plain');
const model = resolveModel({
  input: [2, 4, 3],
  layers: [conv2d({ filters: 3, kernelSize: 2 }), flatten(), dense({ units: 5 })],
});
const parameters = valuesOf(model, normals);
const specs = Object.values(rows)
  .flat()
  .map((spec) => [JSON.stringify(spec), spec] as const);

// Classes of very different weight, one of none.
const classWeights = [0.25, 1.5, 1, 0, 0.75];

const batches = [
  { batchSize: 1, shardSize: 4 },
  { batchSize: 3, shardSize: 4 },
  { batchSize: 7, shardSize: 4 },
  { batchSize: 101, shardSize: 12 },
];

// PyTorch's CrossEntropyLoss(weight, reduction='mean', label_smoothing), in float64 and Math's functions.
test.each([0, 0.1])('class weights with label smoothing %d are PyTorch’s', (labelSmoothing) => {
  const [samples, classes] = [6, 5];
  const logits = Float32Array.from(separated(7, [samples * classes]).data);
  const labels = [1, 0, 4, 4, 2, 1];
  const sums = { near: 0, spread: 0, weights: 0 };
  labels.forEach((label, n) => {
    const row = [...logits.subarray(n * classes, (n + 1) * classes)];
    const total = Math.log(row.reduce((sum, x) => sum + Math.exp(x), 0));
    sums.near += classWeights[label] * (total - row[label]);
    sums.spread += row.reduce((sum, x, c) => sum + classWeights[c] * (total - x), 0) / classes;
    sums.weights += classWeights[label];
  });
  const want = ((1 - labelSmoothing) * sums.near + labelSmoothing * sums.spread) / sums.weights;
  const batch = {
    module,
    model: resolveModel({ input: [classes], layers: [flatten()] }),
    parameters: new Map<string, Float32Array>(),
    x: logits,
    batchSize: samples,
    labels,
    classWeights,
    loss: { name: 'softmax-cross-entropy', labelSmoothing } as const,
  };
  for (const shardSize of [4, 12]) {
    const { loss } = runModel({ ...batch, shardSize });
    assertClose([loss], [want], { rtol: 1e-13, atol: 0 }, 'loss');
  }
});

describe.each(specs)('%s', (_, loss) => {
  test('the reference’s gradient against central differences', () => {
    const { reference } = lossKinds[loss.name];
    // No two of them are close: |x − t| keeps away from 0 and from Huber’s deltas.
    const values = separated(3, [24]).data.map((value) => value * 1.7);
    const [x, targets] = [values.slice(0, 12), values.slice(12)].map((data) => ({
      shape: [3, 4],
      data,
    }));
    const value = () => reference(loss, x, targets).loss;
    assertGradient(reference(loss, x, targets).dX, value, x.data, 'dX');
  });

  test.each(batches)(
    'batch $batchSize, shards of $shardSize: the reference’s',
    ({ batchSize, shardSize }) => {
      const labels = Array.from({ length: batchSize }, (_, n) => (n * 3) % 5);
      const x = normals('x', batchSize * 24);
      const batch = { model, parameters, x, batchSize, shardSize, loss };
      for (const answer of [{ labels }, { targets: normals('targets', batchSize * 5) }]) {
        const got = runModel({ ...batch, ...answer, module });
        const want = runReference({ ...batch, ...answer });
        assertClose([got.loss], [want.loss], { rtol: 1e-5, atol: 1e-6 }, 'loss');
        expect(got.correct).toBe(want.correct);
        assertClose(got.dX, want.dX, { rtol: 1e-5, atol: 1e-5 }, 'dX');
        for (const [name, gradient] of got.gradients) {
          const wanted = want.gradients.get(name) ?? [];
          assertClose(gradient, wanted, { rtol: 1e-5, atol: 1e-5 }, name);
        }
      }
    },
  );

  test.runIf(lossKinds[loss.name].takesClassWeights)(
    'class weights: gradient, and kernels against the reference',
    () => {
      const { reference } = lossKinds[loss.name];
      const values = separated(3, [15]).data;
      const x = { shape: [3, 5], data: values };
      const wanted = oneHot([1, 3, 4], 5);
      const value = () => reference(loss, x, wanted, classWeights).loss;
      assertGradient(reference(loss, x, wanted, classWeights).dX, value, x.data, 'dX');
      for (const { batchSize, shardSize } of batches) {
        // Class 3 weighs nothing, so a batch of it alone has no mean.
        const labels = Array.from({ length: batchSize }, (_, n) => (n * 3 + 1) % 5);
        const images = normals('x', batchSize * 24);
        const batch = { model, parameters, x: images, batchSize, shardSize, loss, classWeights };
        for (const answer of [{ labels }, { targets: normals('targets', batchSize * 5) }]) {
          const got = runModel({ ...batch, ...answer, module });
          const want = runReference({ ...batch, ...answer });
          assertClose([got.loss], [want.loss], { rtol: 1e-5, atol: 1e-6 }, 'loss');
          assertClose(got.dX, want.dX, { rtol: 1e-5, atol: 1e-5 }, 'dX');
          for (const [name, gradient] of got.gradients) {
            const wantedGradient = want.gradients.get(name) ?? [];
            assertClose(gradient, wantedGradient, { rtol: 1e-5, atol: 1e-5 }, name);
          }
        }
      }
    },
  );

  test('one-hot targets are the labels, to the bit', () => {
    const labels = [4, 0, 2];
    const targets = Float32Array.from(oneHot(labels, 5).data);
    const batch = { module, model, parameters, x: normals('x', 72), batchSize: 3, loss };
    const [own, given] = [runModel({ ...batch, labels }), runModel({ ...batch, targets })];
    expect(given.correct).toBe(own.correct);
    const isPlain = loss.name === 'softmax-cross-entropy' && loss.labelSmoothing === 0;
    // Labels without smoothing have a kernel of their own, which rounds differently.
    const tolerance = isPlain ? { rtol: 1e-6, atol: 1e-7 } : { rtol: 0, atol: 0 };
    assertClose([given.loss, ...given.dX], [own.loss, ...own.dX], tolerance, 'loss and dX');
  });
});
