// The types are checked by tsc: each line below @ts-expect-error must not compile.
import { expect, test } from 'vitest';
import type { BatchNormSpec } from '../batch-norm/batch-norm.ts';
import type { Conv2dSpec } from '../conv2d/conv2d.ts';
import { dropoutKind } from '../dropout/dropout.ts';
import { layerKinds } from '../registry.ts';
import type { SettingTypes } from './layer-kind.ts';

test('the settings of a resolved layer are typed', () => {
  const { settings } = dropoutKind.resolve({ kind: 'dropout' }, [3], 'dropout1');
  // @ts-expect-error there is no such setting
  expect(settings.rates).toBeUndefined();
  expect(settings.rate).toBe(0.5);
});

// Never called.
export function refused(): SettingTypes<BatchNormSpec>[] {
  const pairs: Pick<SettingTypes<Conv2dSpec>, 'kernelSize' | 'stride'> = {
    // @ts-expect-error a pair without a default is required
    kernelSize: 'pair',
    // @ts-expect-error one with a default is not
    stride: 'required pair',
  };
  return [
    // @ts-expect-error a setting is missing
    { epsilon: 'number', momentum: 'number' },
    // @ts-expect-error a setting is of another type
    { epsilon: 'number', momentum: 'number', frozen: 'number' },
    // @ts-expect-error there is no such setting
    { epsilon: 'number', momentum: 'number', frozen: 'boolean', pairs },
  ];
}

test('a pass computes only layers that there are', () => {
  const kinds = Object.keys(layerKinds);
  for (const { plan } of Object.values(layerKinds)) {
    for (const after of plan?.fuses ?? []) {
      expect(after).not.toEqual([]);
      for (const kind of after) expect(kinds).toContain(kind);
    }
  }
});
