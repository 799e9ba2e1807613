import { kernelFile } from '../packages/core/src/kernel-build.ts';

/**
 * Compiles the kernels before any test does: test files run side by side, and would each compile.
 * Where that fails, the tests that need kernels fail and say why; the others are run.
 */
export default async function setup(): Promise<void> {
  await Promise.allSettled([kernelFile('shared'), kernelFile('plain')]);
}
