import { maxPool2dBackward, minPool2dForward } from '@convbook/core';
import type { LayerKind } from '../calls/layer-kind.ts';
import { planPoolGroup } from './calls.ts';
import { poolSettings, poolSettingTypes, toPoolFacts, type PoolSpec } from './facts.ts';

export interface MinPool2dSpec extends PoolSpec {
  readonly kind: 'minPool2d';
}

/**
 * The smallest of each window: `[n, c, h, w]` → `[n, c, oh, ow]`. The stride is the window's size by
 * default; padding, at most half the window, counts as +infinity.
 */
export function minPool2d(settings: PoolSpec): MinPool2dSpec {
  return { kind: 'minPool2d', ...settings };
}

export const minPool2dKind: LayerKind<MinPool2dSpec> = {
  kind: 'minPool2d',
  prefix: 'pool',
  isActivation: false,
  settingTypes: poolSettingTypes,
  resolve: (spec, inputShape, where) => toPoolFacts('minPool2d', spec, inputShape, where),
  plan: planPoolGroup,
  reference: {
    forward: (x, _parameters, facts) => {
      const settings = poolSettings(facts);
      return minPool2dForward(x, settings.kernelSize, settings).y;
    },
    backward(x, _y, dY, _parameters, facts) {
      const settings = poolSettings(facts);
      const { indexes } = minPool2dForward(x, settings.kernelSize, settings);
      return { dX: maxPool2dBackward(x.data.length, indexes, dY.data), parameters: {} };
    },
  },
};
