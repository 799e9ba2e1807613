import { describe, expect, test } from 'vitest';
import { addressAfter } from './address.ts';
import { createMemory, kernelNames } from './kernels.ts';
import { loadKernelModule } from './load-kernel-module.ts';
import { createKernelBench } from './testing/kernel-bench.ts';

const builds = ['plain', 'shared'] as const;

describe.each(builds)('the %s build', (build) => {
  test('exports kernelNames and nothing else', async () => {
    const exported = WebAssembly.Module.exports(await loadKernelModule(build));
    const names = exported.map(({ name }) => name).filter((name) => name !== 'memory');
    expect(names.sort()).toEqual([...kernelNames]);
  });

  test('loadBytes gives the float32 nearest to byte / 255, for every byte', async () => {
    const { kernels, put, floats } = await createKernelBench(build);
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const y = put(new Float32Array(256));
    kernels.loadBytes(y, put(bytes), 64);
    expect(floats(y, 256)).toEqual(Float32Array.from(bytes, (byte) => byte / 255));
  });

  test('loadBytes writes nothing beyond its vectors', async () => {
    const { kernels, put, floats } = await createKernelBench(build);
    const y = put(new Float32Array(8).fill(7));
    kernels.loadBytes(y, put(Uint8Array.of(255, 0, 255, 0, 255, 255, 255, 255)), 1);
    expect(floats(y, 8)).toEqual(Float32Array.of(1, 0, 1, 0, 7, 7, 7, 7));
  });

  test('clear zeroes its bytes and no others', async () => {
    const { kernels, put, floats } = await createKernelBench(build);
    const at = put(Float32Array.of(1, 2, 3, 4, 5));
    kernels.clear(addressAfter(at, 4), 12);
    expect(floats(at, 5)).toEqual(Float32Array.of(1, 0, 0, 0, 5));
  });

  test('copyPlanes by hand: two planes of two rows of a vector, to rows of two', async () => {
    const { kernels, put, integers } = await createKernelBench(build);
    const rows = [1, 2, 3, 4].map((row) => [row, row + 10, row + 20, row + 30]);
    const [gap, end] = [[0, 0, 0, 0], [-1]];
    const from = put(Int32Array.from([rows[0], rows[1], end, rows[2], rows[3], end].flat()));
    const to = put(new Int32Array(36));
    kernels.copyPlanes(addressAfter(to, 16), 4 * 16, 2 * 16, from, 9 * 4, 4 * 4, 2, 2, 4 * 4);
    const want = [gap, rows[0], gap, rows[1], gap, rows[2], gap, rows[3], gap];
    expect(integers(to, 36)).toEqual(Int32Array.from(want.flat()));
  });

  test('swapWeights by hand: two of three taps, channels before filters', async () => {
    const { kernels, put, floats } = await createKernelBench(build);
    const weights = Float32Array.from({ length: 12 }, (_, i) => i);
    const out = put(new Float32Array(8));
    const taps = put(Int32Array.of(0, 8));
    kernels.swapWeights(out, put(weights), 24, 12, 2, taps, 2, 1, 2);
    expect(floats(out, 8)).toEqual(Float32Array.of(0, 0, 0, 0, 3, 5, 9, 11));
    kernels.swapWeights(out, put(weights), 24, 12, 2, taps, 2, 0, 1);
    expect(floats(out, 8)).toEqual(Float32Array.of(0, 2, 6, 8, 3, 5, 9, 11));
  });

  test('relu and its gradient by hand, the gradient in place', async () => {
    const { kernels, put, floats } = await createKernelBench(build);
    const x = put(Float32Array.of(-1, 0, -0, 2, 1e-40, -1e-40, 3, -Infinity));
    const y = put(new Float32Array(8));
    kernels.relu(y, x, 2);
    expect([...floats(y, 8)].map((value) => value + 0)).toEqual([
      0,
      0,
      0,
      2,
      Math.fround(1e-40),
      0,
      3,
      0,
    ]);
    const gradient = put(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8));
    kernels.reluGradient(gradient, gradient, y, 2);
    expect(floats(gradient, 8)).toEqual(Float32Array.of(0, 0, 0, 4, 5, 0, 7, 0));
  });
});

describe('createMemory', () => {
  test.each([
    [0, 65536],
    [1, 65536],
    [65536, 65536],
    [65537, 131072],
  ])('%i bytes take %i', (sizeBytes, want) => {
    for (const build of builds) {
      const { buffer } = createMemory(build, sizeBytes);
      expect(buffer.byteLength).toBe(want);
      expect(buffer instanceof SharedArrayBuffer).toBe(build === 'shared');
    }
  });

  test.each(builds)('refuses more than 4 GiB (%s)', (build) => {
    expect(() => createMemory(build, 4_294_967_297)).toThrow(
      new RangeError(
        'memory: a WebAssembly memory holds at most 4294967296 bytes, got 4294967297; ' +
          'take a smaller batchSize, shardSize, model or fewer workers',
      ),
    );
  });
});
