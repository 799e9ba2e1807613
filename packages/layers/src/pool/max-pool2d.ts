import { maxPool2dBackward, maxPool2dForward } from '@convbook/core';
import type { LayerKind } from '../calls/layer-kind.ts';
import { planPoolGroup } from './calls.ts';
import { poolSettings, poolSettingTypes, toPoolFacts, type PoolSpec } from './facts.ts';

export interface MaxPool2dSpec extends PoolSpec {
  readonly kind: 'maxPool2d';
}

/**
 * The largest of each window: `[n, c, h, w]` → `[n, c, oh, ow]`. The stride is the window's size by
 * default; padding, at most half the window, counts as −infinity.
 */
export function maxPool2d(settings: PoolSpec): MaxPool2dSpec {
  return { kind: 'maxPool2d', ...settings };
}

export const maxPool2dKind: LayerKind<MaxPool2dSpec> = {
  kind: 'maxPool2d',
  prefix: 'pool',
  isActivation: false,
  settingTypes: poolSettingTypes,
  resolve: (spec, inputShape, where) => toPoolFacts('maxPool2d', spec, inputShape, where),
  plan: planPoolGroup,
  reference: {
    forward: (x, _parameters, facts) => {
      const settings = poolSettings(facts);
      return maxPool2dForward(x, settings.kernelSize, settings).y;
    },
    backward(x, _y, dY, _parameters, facts) {
      const settings = poolSettings(facts);
      const { indexes } = maxPool2dForward(x, settings.kernelSize, settings);
      return { dX: maxPool2dBackward(x.data.length, indexes, dY.data), parameters: {} };
    },
  },
};
