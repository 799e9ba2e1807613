import { execFile } from 'node:child_process';
import { kernelFile } from '../packages/core/src/kernel-build.ts';
import { commandWords } from './harness/command-words.ts';

/**
 * Compiles the kernels and bundles the commands before any test does: test files run side by side, and
 * would each do it. Where that fails, the tests that need them fail and say why; the others are run.
 */
export default async function setup(): Promise<void> {
  const bundled = new Promise((resolve) => {
    execFile(process.execPath, commandWords('summary', '--help'), resolve);
  });
  await Promise.allSettled([kernelFile('shared'), kernelFile('plain'), bundled]);
}
