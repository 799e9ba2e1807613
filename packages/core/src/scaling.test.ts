import { describe, expect, test } from 'vitest';
import { assertClose } from './assert-close.ts';
import { imageToNumbers, scaleByte, toScaling } from './scaling.ts';
import { createKernelBench } from './testing/kernel-bench.ts';

const standardization = { means: [0.1307, 0.5, 0], deviations: [0.3081, 0.25, 1] };
const everyByte = Array.from({ length: 256 }, (_, byte) => byte);

test('standardized numbers are (byte / 255 − mean) / deviation', () => {
  toScaling(standardization).forEach((scaling, channel) => {
    const got = everyByte.map((byte) => scaleByte(byte, scaling));
    const [mean, deviation] = [standardization.means[channel], standardization.deviations[channel]];
    const want = everyByte.map((byte) => (byte / 255 - mean) / deviation);
    assertClose(got, want, { rtol: 1e-6, atol: 3e-7 }, 'numbers');
  });
});

test('an image has its own scaling in each channel', () => {
  const scaling = [
    { scale: 1, offset: -1 },
    { scale: 0.5, offset: 2 },
  ];
  expect([...imageToNumbers([0, 1, 3, 4, 6, 9], scaling)]).toEqual([-1, 0, 2, 4, 5, 6.5]);
  expect(imageToNumbers(everyByte)).toEqual(Float32Array.from(everyByte, (byte) => byte / 255));
});

describe.each(['plain', 'shared'] as const)('standardizeBytes of the %s build', (build) => {
  test.each([1, 2, 3])('has the bits of imageToNumbers, %i channels', async (channels) => {
    const { kernels, put, floats } = await createKernelBench(build);
    const scaling = toScaling(standardization).slice(0, channels);
    const bytes = Uint8Array.from({ length: channels * 256 }, (_, at) => (at * 37) % 256);
    const y = put(new Float32Array(bytes.length + 4).fill(7));
    const table = put(Float32Array.from(scaling.flatMap(({ scale, offset }) => [scale, offset])));
    kernels.standardizeBytes(y, put(bytes), channels, 64, table);
    expect(floats(y, bytes.length)).toEqual(imageToNumbers(bytes, scaling));
    expect([...floats(y + bytes.length * 4, 4)]).toEqual([7, 7, 7, 7]);
  });
});
