import { loadKernelModule } from '@convbook/core/node';
import { optimizerKinds } from '@convbook/trainer';
import { describe, expect, it } from 'vitest';
import { checkOptimizer } from './harness/golden/optimizer-case.ts';
import { goldenCases } from './golden.ts';

const module = await loadKernelModule('plain');
const cases = goldenCases('optimizers.json');

describe('optimizers equal PyTorch after each of 5 steps, kernels and reference', () => {
  // LAMB and LARS are compared with the papers' formulas: kernels-lamb.test.ts, trust.test.ts.
  it('has cases of every optimizer there is in PyTorch', () => {
    const names = [...new Set(cases.map(({ attrs }) => attrs.optimizer))];
    expect(new Set([...names, 'lamb', 'lars'])).toEqual(new Set(Object.keys(optimizerKinds)));
    expect(cases).toHaveLength(12);
  });

  it.each(cases)('$name', (golden) => checkOptimizer(golden, module));
});
