// Cases that have the layer itself, through kernels and plain loops.
import { loadKernelModule } from '@convbook/core/node';
import { describe, it } from 'vitest';
import { goldenCases } from './golden.ts';
import { checkCase } from './harness/golden/run-golden.ts';

const module = await loadKernelModule('plain');

describe.each(['prelu.json', 'residual.json'])('%s equals PyTorch', (file) => {
  it.each(goldenCases(file))('$name', (golden) => {
    checkCase(golden, module);
  });
});
