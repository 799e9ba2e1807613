import { loadKernelModule } from '@convbook/core/node';
import { optimizerKinds } from '@convbook/trainer';
import { describe, expect, it } from 'vitest';
import { checkOptimizer } from './harness/golden/optimizer-case.ts';
import { goldenCases } from './golden.ts';

const module = await loadKernelModule('plain');
const cases = goldenCases('optimizers.json');

describe('optimizers equal PyTorch after each of 5 steps, kernels and reference', () => {
  it('has cases of every optimizer there is', () => {
    const names = new Set(cases.map(({ attrs }) => attrs.optimizer));
    expect(names).toEqual(new Set(Object.keys(optimizerKinds)));
    expect(cases).toHaveLength(12);
  });

  it.each(cases)('$name', (golden) => checkOptimizer(golden, module));
});
