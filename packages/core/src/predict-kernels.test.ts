import { expect, test } from 'vitest';
import { kernelNames, type KernelName } from './kernels.ts';
import { loadKernelModule } from './load-kernel-module.ts';

test('the build predict has some of the plain kernels, none of training', async () => {
  const exported = WebAssembly.Module.exports(await loadKernelModule('predict'));
  const names = exported.map(({ name }) => name).filter((name) => name !== 'memory');
  expect(names.filter((name) => !kernelNames.includes(name as KernelName))).toEqual([]);
  expect(names.filter((name) => /gradient|winograd|bilinear|adam|sgd/i.test(name))).toEqual([]);
  expect(names).toContain('convolveImage');
});
