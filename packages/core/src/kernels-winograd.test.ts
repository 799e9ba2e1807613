import { expect, test } from 'vitest';
import type { KernelBuild } from './kernels.ts';
import { normal } from './random.ts';
import { createKernelBench } from './testing/kernel-bench.ts';

const planes = 36;

/** A convolution of a map that is padded by one. */
interface Size {
  readonly channels: number;
  readonly filters: number;
  readonly height: number;
  readonly width: number;
  readonly lanes: number;
  /** Outputs of a tile along an axis. */
  readonly step: 2 | 4;
}

const sizes: Size[] = [
  { channels: 4, filters: 5, height: 4, width: 4, lanes: 4, step: 4 },
  { channels: 5, filters: 4, height: 7, width: 5, lanes: 8, step: 4 },
  { channels: 6, filters: 7, height: 9, width: 14, lanes: 12, step: 4 },
  { channels: 9, filters: 10, height: 8, width: 3, lanes: 16, step: 4 },
  { channels: 3, filters: 1, height: 6, width: 6, lanes: 24, step: 4 },
  { channels: 5, filters: 6, height: 5, width: 7, lanes: 4, step: 2 },
  { channels: 6, filters: 5, height: 6, width: 5, lanes: 16, step: 2 },
];

test.each(sizes)('Winograd of %j: wide and narrow give equal bytes', async (size) => {
  expect(await winogradBytes('wide', size)).toEqual(await winogradBytes('shared', size));
});

/** The transformed input, the products, the output, the gradient's tiles and their products. */
async function winogradBytes(build: KernelBuild, size: Size): Promise<Int32Array[]> {
  const { channels, filters, height, width, lanes, step } = size;
  const { kernels, put, integers } = await createKernelBench(build, 4194304);
  const numbers = (name: string, count: number) =>
    put(normal(1, name, new Float32Array(count), 0, 1));
  const empty = (count: number) => put(new Float32Array(count));
  const [tileRows, tileColumns] = [height, width].map((length) => Math.ceil(length / step));
  const tiles = tileRows * tileColumns * lanes;
  const [vPlane, mPlane] = [channels * tiles * 4, filters * tiles * 4];
  const uPlane = filters * channels * 4;
  const mapPlane = height * width * lanes * 4;
  const x = numbers('x', channels * height * width * lanes);
  const U = numbers('U', planes * filters * channels);
  const bias = numbers('bias', filters);
  const V = empty(planes * channels * tiles);
  const M = empty(planes * filters * tiles);
  const out = empty(filters * height * width * lanes);
  const W = empty(planes * filters * tiles);
  const dU = empty(planes * filters * channels);
  const scratch = empty(planes * 8);
  const laneBytes = lanes * 4;
  kernels.winogradInput(
    V,
    vPlane,
    x,
    mapPlane,
    channels,
    height,
    width,
    laneBytes,
    1,
    1,
    step,
    0,
    tileRows,
    tileColumns,
    scratch,
  );
  kernels.winogradProducts(M, mPlane, V, vPlane, U, uPlane, filters, channels, tiles * 4);
  kernels.winogradOutput(
    out,
    mapPlane,
    M,
    mPlane,
    bias,
    filters,
    height,
    width,
    laneBytes,
    step,
    0,
    tileRows,
    tileColumns,
    1,
    scratch,
  );
  const results = [
    integers(V, planes * channels * tiles),
    integers(M, planes * filters * tiles),
    integers(out, filters * height * width * lanes),
  ];
  if (step === 2) return results;
  kernels.winogradGradient(W, mPlane, out, mapPlane, filters, height, width, laneBytes, scratch);
  kernels.winogradWeightProducts(
    dU,
    uPlane,
    W,
    mPlane,
    V,
    vPlane,
    tiles * 4,
    filters,
    channels,
    scratch,
  );
  return [
    ...results,
    integers(W, planes * filters * tiles),
    integers(dU, planes * filters * channels),
  ];
}
