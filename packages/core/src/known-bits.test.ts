import { expect, test } from 'vitest';
import { hashOfKernels, knownBits } from './known-bits.ts';
import { loadKernelModule } from './load-kernel-module.ts';

test.each(['shared', 'wide'] as const)('the %s build computes the known bits', async (build) => {
  expect(hashOfKernels(await loadKernelModule(build))).toBe(knownBits);
});
