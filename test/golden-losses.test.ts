import { loadKernelModule } from '@convbook/core/node';
import { describe, expect, it } from 'vitest';
import { checkLoss } from './harness/golden/loss-case.ts';
import { goldenCases } from './golden.ts';

const module = await loadKernelModule('plain');
const cases = goldenCases('losses.json');

// Huber's loss has no golden case; packages/layers/src/losses/losses.test.ts has it.
describe('losses equal PyTorch, kernels and reference', () => {
  it('has 10 cases', () => expect(cases).toHaveLength(10));

  it.each(cases)('$name', (golden) => checkLoss(golden, module));
});
