import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { kernelFile } from '../packages/core/src/kernel-build.ts';
import { commandWords } from './harness/command-words.ts';

/**
 * Compiles the kernels and bundles the commands once, before the tests: test files run in parallel, and
 * each would do it. If that fails, the tests that need them fail and say why; the others still run.
 */
export default async function setup(): Promise<() => void> {
  // Tests of the published packages make them there, once, see test/packages/installed.ts.
  const packages = path.join(tmpdir(), `convbook-packages-${process.pid}`);
  process.env.CONVBOOK_TEST_PACKAGES = packages;
  const bundled = new Promise((resolve) => {
    execFile(process.execPath, commandWords('summary', '--help'), resolve);
  });
  const kernels = (['shared', 'wide', 'plain'] as const).map(kernelFile);
  await Promise.allSettled([...kernels, bundled]);
  return () => rmSync(packages, { recursive: true, force: true });
}
