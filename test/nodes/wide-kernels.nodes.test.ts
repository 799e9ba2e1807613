// V8 ends the process where it joins vectors of a function that takes or returns one.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { kernelFile } from '@convbook/core/node';
import { expect, test } from 'vitest';
import { describeInOtherNodes, nodeOf } from '../harness/nodes/other-nodes.ts';

const flags = [
  '--experimental-wasm-revectorize',
  // Without these the optimising compiler sees only the functions that are called often.
  '--no-liftoff',
  '--no-wasm-lazy-compilation',
  '--no-wasm-inlining',
];
const compile = 'new WebAssembly.Module(fs.readFileSync(process.argv[1])); console.log("compiled")';

const builds = ['wide', 'shared', 'plain'] as const;
const rows = [24, 26].flatMap((version) => builds.map((build) => ({ version, build })));

describeInOtherNodes('every kernel compiles where V8 joins vectors', () => {
  test.each(rows)('Node $version, the $build build', async ({ version, build }) => {
    const words = [...flags, '--eval', compile, await kernelFile(build)];
    const { stdout } = await promisify(execFile)(nodeOf(version), words);
    expect(stdout).toBe('compiled\n');
  });
});
