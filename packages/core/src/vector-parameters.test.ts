// V8 aborts on a function that takes or returns a vector where it joins vectors (compile-wide.ts).
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { kernelFile } from './kernel-build.ts';
import { kernelNames } from './kernels.ts';
import { functionTypes, v128 } from './testing/function-types.ts';

test.each(['wide', 'shared', 'plain', 'predict'] as const)(
  'no function of the %s build takes or returns a vector',
  async (build) => {
    const types = functionTypes(readFileSync(await kernelFile(build)));
    const fewest = build === 'predict' ? 16 : kernelNames.length;
    expect(types.length).toBeGreaterThanOrEqual(fewest);
    const values = types.flatMap(({ parameters, results }) => [...parameters, ...results]);
    expect(new Set(values)).not.toContain(v128);
  },
);

test('functionTypes sees the vectors of functions that are not exported', () => {
  // (func (param v128 i32)) (func (result v128)) (func (param f32))
  const types = [1, 14, 3, 0x60, 2, 0x7b, 0x7f, 0, 0x60, 0, 1, 0x7b, 0x60, 1, 0x7d, 0];
  const functions = [3, 4, 3, 0, 1, 2];
  const module = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...types, ...functions);
  expect(functionTypes(module)).toEqual([
    { parameters: [v128, 0x7f], results: [] },
    { parameters: [], results: [v128] },
    { parameters: [0x7d], results: [] },
  ]);
});
