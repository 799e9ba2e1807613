import { describe, expect, test } from 'vitest';
import { optimizerKinds, toOptimizer } from './optimizer.ts';

// The update itself is compared with PyTorch in test/golden-optimizers.test.ts.
test.each(Object.entries(optimizerKinds))('%s has its name and its defaults', (name, kind) => {
  expect(kind.defaults.name).toBe(name);
  expect(toOptimizer(name)).toEqual(kind.defaults);
  expect(toOptimizer(name, { weightDecay: 0.25 })).toEqual({ ...kind.defaults, weightDecay: 0.25 });
});

describe.each(['adam', 'adamw'] as const)('%s', (name) => {
  test('its scalars are the running powers of its betas', () => {
    const { defaults, initialScalars, advance } = optimizerKinds[name];
    const scalars = Float64Array.from(initialScalars);
    const settings = { ...defaults, beta1: 0.5, beta2: 0.75 };
    for (let step = 0; step < 3; step++) advance(settings, scalars);
    expect([...scalars]).toEqual([0.5 ** 3, 0.75 ** 3]);
  });
});
