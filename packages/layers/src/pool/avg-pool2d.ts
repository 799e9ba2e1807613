import { avgPool2dBackward, avgPool2dForward } from '@convbook/core';
import type { LayerKind } from '../calls/layer-kind.ts';
import { planAvgPoolGroup } from './calls.ts';
import { poolSettings, poolSettingTypes, toPoolFacts, type PoolSpec } from './facts.ts';

export interface AvgPool2dSpec extends PoolSpec {
  readonly kind: 'avgPool2d';
  /** Whether padding counts in the divisor; default true, as in PyTorch. */
  readonly countPadding?: boolean;
}

/** The mean of each window: `[n, c, h, w]` → `[n, c, oh, ow]`; padding counts as 0. */
export function avgPool2d(settings: Omit<AvgPool2dSpec, 'kind'>): AvgPool2dSpec {
  return { kind: 'avgPool2d', ...settings };
}

export const avgPool2dKind: LayerKind<AvgPool2dSpec> = {
  kind: 'avgPool2d',
  prefix: 'pool',
  isActivation: false,
  settingTypes: { ...poolSettingTypes, countPadding: 'boolean' },
  resolve(spec, inputShape, where) {
    const facts = toPoolFacts('avgPool2d', spec, inputShape, where);
    return { ...facts, window: { ...facts.window, countPadding: spec.countPadding ?? true } };
  },
  plan: planAvgPoolGroup,
  reference: {
    forward: (x, _parameters, facts) => {
      const settings = poolSettings(facts);
      return avgPool2dForward(x, settings.kernelSize, settings);
    },
    backward(x, _y, dY, _parameters, facts) {
      const settings = poolSettings(facts);
      const dX = avgPool2dBackward(x, settings.kernelSize, settings, dY.data);
      return { dX, parameters: {} };
    },
  },
};
