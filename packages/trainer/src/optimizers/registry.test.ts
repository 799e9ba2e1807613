import { optimizers } from '@convbook/run';
import { describe, expect, test } from 'vitest';
import { optimizerKinds } from './registry.ts';

// The updates themselves are compared with PyTorch in test/golden-optimizers.test.ts.
test('every optimizer has its arithmetic, and its numbers fit into a checkpoint', () => {
  expect(Object.keys(optimizerKinds)).toEqual(Object.keys(optimizers));
  for (const { initialScalars } of Object.values(optimizerKinds)) {
    expect(initialScalars.length).toBeLessThanOrEqual(8);
  }
});

describe.each(['adam', 'adamw'] as const)('%s', (name) => {
  test('its scalars are the running powers of its betas', () => {
    const { initialScalars, advance } = optimizerKinds[name];
    const scalars = Float64Array.from(initialScalars);
    const settings = { ...optimizers[name].defaults, beta1: 0.5, beta2: 0.75 };
    for (let step = 0; step < 3; step++) advance(settings, scalars);
    expect([...scalars]).toEqual([0.5 ** 3, 0.75 ** 3]);
  });
});
