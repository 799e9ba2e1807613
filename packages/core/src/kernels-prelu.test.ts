// PReLU by hand: two channels of two positions, a sample and three lanes without one; the same numbers
// through kernels and reference.
import { expect, test } from 'vitest';
import { preluBackward, preluForward } from './reference/prelu.ts';
import { createKernelBench } from './testing/kernel-bench.ts';

const { kernels, put, floats } = await createKernelBench('plain');

const x = [-2, 3, 0, -4];
const dY = [5, 7, 11, 13];
const weight = [3, -1];
const want = { y: [-6, 3, 0, 4], dX: [15, 7, -11, -13], dWeight: [-10, -52] };

const inLanes = (values: number[]) =>
  Float32Array.from(values.flatMap((value) => [value, 0, 0, 0]));
const ofSample = (address: ReturnType<typeof put>) =>
  [0, 4, 8, 12].map((at) => floats(address, 16)[at] + 0);

test('the kernels, in place too', () => {
  const weights = put(Float32Array.from(weight));
  const [source, gradient] = [put(inLanes(x)), put(inLanes(dY))];
  const dWeights = put(new Float32Array(4));
  kernels.preluWeightGradient(dWeights, gradient, source, 2, 32);
  expect([...floats(dWeights, 2)]).toEqual(want.dWeight);
  kernels.preluGradient(gradient, gradient, source, weights, 2, 32);
  expect(ofSample(gradient)).toEqual(want.dX);
  kernels.prelu(source, source, weights, 2, 32);
  expect(ofSample(source)).toEqual(want.y);
});

test('the reference', () => {
  const tensor = { shape: [1, 2, 2], data: Float64Array.from(x) };
  const slopes = Float64Array.from(weight);
  expect(preluForward(tensor, slopes)).toEqual({
    shape: [1, 2, 2],
    data: Float64Array.from([-6, 3, -0, 4]),
  });
  const { dX, dWeight } = preluBackward(tensor, Float64Array.from(dY), slopes);
  expect([...dX]).toEqual(want.dX);
  expect([...dWeight]).toEqual(want.dWeight);
});
