import { describe, expect, test } from 'vitest';
import type { Address } from './address.ts';
import { assertClose } from './assert-close.ts';
import { normal } from './random.ts';
import { softmaxCrossEntropyReference } from './reference/softmax-cross-entropy.ts';
import { createKernelBench } from './testing/kernel-bench.ts';

/** Runs the kernel over rows of logits, the other lanes filled with `filler`. */
async function run(
  build: 'plain' | 'shared',
  logits: readonly (readonly number[])[],
  labels: readonly number[],
  filler = 3,
  weights?: readonly number[],
) {
  const { kernels, put, floats, doubles, integers } = await createKernelBench(build);
  const [samples, classes] = [logits.length, logits[0].length];
  const lanes = Math.ceil(samples / 4) * 4;
  const lane = new Float32Array(classes * lanes).fill(filler);
  logits.forEach((row, n) => row.forEach((value, c) => (lane[c * lanes + n] = value)));
  const [x, dX] = [put(lane), put(new Float32Array(classes * lanes).fill(NaN))];
  const [labelsAt, result] = [put(Uint8Array.from(labels)), put(new Float64Array(2))];
  const scratch = put(new Float64Array(classes));
  const weightsAt: Address | 0 = weights ? put(Float64Array.from(weights)) : 0;
  const lossOf = (dXAt: Address | 0) =>
    kernels.softmaxCrossEntropy(
      dXAt,
      x,
      labelsAt,
      classes,
      lanes * 4,
      samples,
      scratch,
      weightsAt,
      result,
    );
  lossOf(dX);
  const gradient = floats(dX, classes * lanes);
  const [loss] = doubles(result, 1);
  const [correct] = integers(result + 8, 1);
  lossOf(0);
  return {
    loss,
    correct,
    dX: logits.flatMap((row, n) => row.map((_, c) => gradient[c * lanes + n])),
    masked: Array.from(gradient).filter((_, i) => i % lanes >= samples),
    lossWithoutGradient: doubles(result, 1)[0],
    // Without a gradient, dX is 0: nothing may be written at address 0.
    firstCacheLine: floats(0, 16),
  };
}

describe.each(['plain', 'shared'] as const)('softmaxCrossEntropy of the %s build', (build) => {
  test.each([
    { samples: 1, classes: 10 },
    { samples: 3, classes: 2 },
    { samples: 4, classes: 10 },
    { samples: 7, classes: 3 },
    { samples: 21, classes: 5 },
    { samples: 2, classes: 1 },
  ])('$samples samples of $classes classes equal the reference', async ({ samples, classes }) => {
    const data = normal(1, 'logits', new Float32Array(samples * classes), 0, 3);
    const rows = Array.from({ length: samples }, (_, n) => [
      ...data.slice(n * classes, (n + 1) * classes),
    ]);
    const labels = rows.map((_, n) => (n * 7) % classes);
    const got = await run(build, rows, labels);
    const x = { shape: [samples, classes], data: Float64Array.from(data) };
    const want = softmaxCrossEntropyReference(x, labels);
    assertClose([got.loss], [want.loss], { rtol: 1e-14, atol: 1e-14 }, 'loss');
    expect(got.correct).toBe(want.correct);
    assertClose(got.dX, want.dX, { rtol: 1e-6, atol: 1e-9 }, 'dX');
    expect(got.lossWithoutGradient).toBe(got.loss);
    expect(got.firstCacheLine).toEqual(new Float32Array(16));
  });

  test('weights of classes multiply the loss and the gradient of their samples', async () => {
    const rows = [
      [0.5, -1, 2],
      [1, 1, -0.25],
      [0, 0.75, 3],
    ];
    const weighted = await run(build, rows, [2, 0, 1], 3, [0.5, 4, 0]);
    const single = await Promise.all([2, 0, 1].map((label, n) => run(build, [rows[n]], [label])));
    const weights = [0, 0.5, 4];
    const loss = single.reduce((sum, one, n) => sum + weights[n] * one.loss, 0);
    assertClose([weighted.loss], [loss], { rtol: 1e-14, atol: 0 }, 'loss');
    const dX = single.flatMap((one, n) => one.dX.map((value) => weights[n] * value));
    assertClose(weighted.dX, dX, { rtol: 1e-6, atol: 0 }, 'dX');
  });

  test.each([
    { title: 'the right class at +1000', row: [1000, -1000, 0], label: 0, loss: 0, dX: [0, 0, 0] },
    { title: 'the wrong one', row: [1000, -1000, 0], label: 1, loss: 2000, dX: [1, -1, 0] },
    { title: 'all at −1000', row: [-1000, -1000], label: 1, loss: Math.log(2), dX: [0.5, -0.5] },
    { title: 'all at +1000', row: [1000, 1000], label: 0, loss: Math.log(2), dX: [-0.5, 0.5] },
  ])('logits of ±1000: $title', async ({ row, label, loss, dX }) => {
    const got = await run(build, [row], [label]);
    assertClose([got.loss], [loss], { rtol: 1e-15, atol: 0 }, 'loss');
    expect(got.dX.map((value) => value + 0)).toEqual(dX);
  });

  test('an answer is correct when the lowest class of a tie is the label', async () => {
    const rows = [
      [2, 2, 1],
      [2, 2, 1],
      [1, 2, 2],
      [0, 0, 0],
      [0, 0, 0],
    ];
    expect((await run(build, rows, [0, 1, 1, 0, 2])).correct).toBe(3);
  });

  test.each([1, 2, 3, 5, 6, 7])('lanes beyond %i samples get gradient 0', async (samples) => {
    const rows = Array.from({ length: samples }, () => [1, 2, 3]);
    const labels = rows.map(() => 2);
    for (const filler of [5, NaN, Infinity]) {
      const got = await run(build, rows, labels, filler);
      expect(got.masked).toEqual(got.masked.map(() => 0));
      expect(got.masked.length).toBe((Math.ceil(samples / 4) * 4 - samples) * 3);
      expect(got.correct).toBe(samples);
      expect(got.loss).toBe((await run(build, rows, labels)).loss);
    }
  });
});
