import { describe, expect, test } from 'vitest';
import * as math from './math.ts';
import { normal, uniform } from './random.ts';
import { createKernelBench } from './testing/kernel-bench.ts';

const special = [
  0,
  5e-324,
  1e-310,
  2.2250738585072014e-308,
  1e-9,
  0.5,
  0.625,
  1,
  2,
  Math.PI,
  22,
  88,
  88.7,
  103.9,
  709.78,
  745.2,
  1000,
  1e5,
  1e19,
  1e300,
  Number.MAX_VALUE,
  Infinity,
];
const signed = [...special, ...special.map((x) => -x), NaN];
const grid = [
  ...signed,
  ...uniform(1, 'narrow', new Float64Array(500), -8, 8),
  ...uniform(1, 'wide', new Float64Array(500), -800, 800),
  ...normal(1, 'large', new Float64Array(200), 0, 1e4),
];

describe.each(['plain', 'shared'] as const)('functions of the %s build', (build) => {
  test.each(['exp', 'log', 'sin', 'cos', 'tanh'] as const)(
    '%s has the bits of the TypeScript one',
    async (name) => {
      const { kernels } = await createKernelBench(build);
      const different = grid.filter((x) => !Object.is(kernels[name](x), math[name](x)));
      expect(different).toEqual([]);
    },
  );

  test('pow has the bits of the TypeScript one', async () => {
    const { kernels } = await createKernelBench(build);
    const exponents = normal(2, 'exponents', new Float64Array(grid.length), 0, 10);
    const pairs = [
      ...signed.flatMap((x) => signed.map((y) => [x, y])),
      ...grid.map((x, i) => [Math.abs(x), exponents[i]]),
    ];
    const different = pairs.filter(([x, y]) => !Object.is(kernels.pow(x, y), math.pow(x, y)));
    expect(different).toEqual([]);
  });
});
