import { describe, expect, test } from 'vitest';
import type { Address } from './address.ts';
import { assertClose } from './assert-close.ts';
import type { Kernels } from './kernel-signatures.ts';
import { normal } from './random.ts';
import {
  elementLossNames,
  elementLossReference,
  oneHot,
  softCrossEntropyReference,
} from './reference/losses.ts';
import type { LossSum } from './reference/softmax-cross-entropy.ts';
import type { Tensor } from './tensor.ts';
import { createKernelBench } from './testing/kernel-bench.ts';

interface Places {
  readonly dX: Address | 0;
  readonly x: Address;
  readonly labels: Address;
  readonly targets: Address | 0;
  readonly classes: number;
  readonly laneBytes: number;
  readonly count: number;
  readonly result: Address;
  readonly put: (values: Float64Array) => Address;
}

interface Loss {
  readonly title: string;
  run(kernels: Kernels, places: Places): void;
  reference(x: Tensor, targets: Tensor): LossSum;
}

const losses: Loss[] = [
  ...[
    { smoothing: 0 },
    { smoothing: 0.1 },
    { smoothing: 1 },
    { smoothing: 0.1, weights: [0.5, 3, 0, 1.25, 2, 0.1, 7, 1, 1, 4] },
  ].map(({ smoothing, weights }): Loss => ({
    title: `cross-entropy, smoothing ${smoothing}${weights ? ', class weights' : ''}`,
    run: (kernels, { dX, x, labels, targets, classes, laneBytes, count, result, put }) =>
      kernels.softCrossEntropy(
        dX,
        x,
        labels,
        targets,
        classes,
        laneBytes,
        count,
        smoothing,
        weights ? put(Float64Array.from(weights)) : 0,
        result,
      ),
    reference: (x, targets) => softCrossEntropyReference(x, targets, smoothing, weights),
  })),
  ...elementLossNames.flatMap((name, kind) =>
    (name === 'huber' ? [1, 0.25] : [1]).map((delta): Loss => ({
      title: name === 'huber' ? `${name}, delta ${delta}` : name,
      run: (kernels, { dX, x, labels, targets, classes, laneBytes, count, result }) =>
        kernels.elementLoss(dX, x, labels, targets, classes, laneBytes, count, kind, delta, result),
      reference: (x, targets) => elementLossReference(name, x, targets, delta),
    })),
  ),
];

interface Batch {
  readonly x: Tensor;
  readonly labels: readonly number[];
  readonly targets: Tensor | null;
}

/** `[n, classes]` in lanes of four samples, the lanes beyond filled with `filler`. */
function toLanes({ shape: [samples, classes], data }: Tensor, filler: number): Float32Array {
  const lanes = Math.ceil(samples / 4) * 4;
  const values = new Float32Array(classes * lanes).fill(filler);
  data.forEach((value, i) => (values[(i % classes) * lanes + Math.floor(i / classes)] = value));
  return values;
}

async function run(build: 'plain' | 'shared', loss: Loss, batch: Batch, filler = 3) {
  const { kernels, put, floats, doubles, integers } = await createKernelBench(build);
  const [samples, classes] = batch.x.shape;
  const lanes = Math.ceil(samples / 4) * 4;
  const [x, dX] = [put(toLanes(batch.x, filler)), put(new Float32Array(classes * lanes).fill(NaN))];
  const labels = put(Uint8Array.from(batch.labels));
  const targets: Address | 0 = batch.targets ? put(toLanes(batch.targets, filler)) : 0;
  const result = put(new Float64Array(2));
  const sizes = { classes, laneBytes: lanes * 4, count: samples };
  const places = { dX, x, labels, targets, ...sizes, result, put };
  loss.run(kernels, places);
  const got = { loss: doubles(result, 1)[0], correct: integers(result + 8, 1)[0] };
  const gradient = floats(dX, classes * lanes);
  loss.run(kernels, { ...places, dX: 0 });
  expect(doubles(result, 1)[0]).toBe(got.loss);
  // Without a gradient, dX is 0: nothing may be written at address 0.
  expect(floats(0, 16)).toEqual(new Float32Array(16));
  return {
    ...got,
    dX: Array.from(
      batch.x.data,
      (_, i) => gradient[(i % classes) * lanes + Math.floor(i / classes)],
    ),
    masked: Array.from(gradient).filter((_, i) => i % lanes >= samples),
  };
}

const sizes = [
  { samples: 1, classes: 10 },
  { samples: 3, classes: 2 },
  { samples: 4, classes: 10 },
  { samples: 7, classes: 3 },
  { samples: 21, classes: 5 },
  { samples: 2, classes: 1 },
];

function batchOf(samples: number, classes: number, hasTargets: boolean): Batch {
  const values = (name: string) =>
    Float64Array.from(normal(1, name, new Float32Array(samples * classes), 0, 3));
  const labels = Array.from({ length: samples }, (_, n) => (n * 7) % classes);
  const shape = [samples, classes];
  const targets = hasTargets ? { shape, data: values('targets') } : null;
  return { x: { shape, data: values('x') }, labels, targets };
}

describe.each(['plain', 'shared'] as const)('losses of the %s build', (build) => {
  describe.each(losses)('$title', (loss) => {
    test.each(
      sizes.flatMap((size) => [true, false].map((hasTargets) => ({ ...size, hasTargets }))),
    )(
      '$samples samples of $classes classes equal the reference, targets $hasTargets',
      async ({ samples, classes, hasTargets }) => {
        const batch = batchOf(samples, classes, hasTargets);
        const got = await run(build, loss, batch);
        const want = loss.reference(batch.x, batch.targets ?? oneHot(batch.labels, classes));
        assertClose([got.loss], [want.loss], { rtol: 1e-13, atol: 1e-13 }, 'loss');
        expect(got.correct).toBe(want.correct);
        assertClose(got.dX, want.dX, { rtol: 1e-6, atol: 1e-7 }, 'dX');
        expect(got.masked).toEqual(got.masked.map(() => 0));
      },
    );

    test('logits of ±1000 give finite numbers', async () => {
      const data = Float64Array.of(1000, -1000, 0, -1000, 1000, 1000);
      const batch = { x: { shape: [2, 3], data }, labels: [1, 0], targets: null };
      const got = await run(build, loss, batch);
      expect([got.loss, ...got.dX].every(Number.isFinite)).toBe(true);
      const want = loss.reference(batch.x, oneHot(batch.labels, 3));
      assertClose([got.loss], [want.loss], { rtol: 1e-13, atol: 0 }, 'loss');
      assertClose(got.dX, want.dX, { rtol: 1e-6, atol: 1e-7 }, 'dX');
    });

    test.each([5, NaN, Infinity])(
      'lanes beyond the samples holding %d change nothing',
      async (filler) => {
        const batch = batchOf(5, 3, true);
        const got = await run(build, loss, batch, filler);
        expect(got).toEqual(await run(build, loss, batch));
        expect(got.masked).toEqual(new Array(9).fill(0));
      },
    );
  });

  test('an answer is correct when the lowest class of a tie is the label', async () => {
    const data = Float64Array.of(2, 2, 1, 2, 2, 1, 1, 2, 2, 0, 0, 0, 0, 0, 0);
    for (const loss of losses) {
      const batch = { x: { shape: [5, 3], data }, labels: [0, 1, 1, 0, 2], targets: null };
      expect((await run(build, loss, batch)).correct).toBe(3);
    }
  });

  test('penalize adds l1 · sign(x) + l2 · x to a part of the columns of each row', async () => {
    const { kernels, put, floats } = await createKernelBench(build);
    const x = put(Float32Array.of(2, -4, 9, 0, -0, 9, 1, 1, 9));
    const g = put(Float32Array.of(1, 1, 1, 1, 1, 1, 1, 1, 1));
    kernels.penalize(g, x, 12, 3, 2, 0.5, 0.25);
    expect([...floats(g, 9)]).toEqual([2, -0.5, 1, 1, 1, 1, 1.75, 1.75, 1]);
  });

  test('scale multiplies', async () => {
    const { kernels, put, floats } = await createKernelBench(build);
    const x = put(Float32Array.of(1, -2, 3, 4, 5, 6, 7, 8));
    kernels.scale(x, 1, 0.5);
    expect([...floats(x, 8)]).toEqual([0.5, -1, 1.5, 2, 5, 6, 7, 8]);
  });
});
