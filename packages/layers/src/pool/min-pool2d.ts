import { maxPool2dBackward, minPool2dForward } from '@convbook/core/reference';
import type { LayerKind, LayerReference } from '../calls/layer-kind.ts';
import type { WindowFacts } from '../settings/window.ts';
import { minPoolPlan } from './extreme-calls.ts';
import { referenceWindow, poolSettingTypes, toPoolFacts, type PoolSpec } from './facts.ts';

/** A `minPool2d()` layer as plain data. */
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

export const minPool2dKind: LayerKind<MinPool2dSpec, WindowFacts> = {
  kind: 'minPool2d',
  prefix: 'pool',
  isActivation: false,
  settingTypes: poolSettingTypes,
  resolve: (spec, inputShape, where) => toPoolFacts('minPool2d', spec, inputShape, where),
  plan: minPoolPlan,
};

export const minPool2dReference: LayerReference<WindowFacts> = {
  forward: (x, _parameters, layer) => {
    const window = referenceWindow(layer);
    return minPool2dForward(x, window.kernelSize, window).y;
  },
  backward(x, _y, dY, _parameters, layer) {
    const window = referenceWindow(layer);
    const { indexes } = minPool2dForward(x, window.kernelSize, window);
    return { dX: maxPool2dBackward(x.data.length, indexes, dY.data), parameters: {} };
  },
};
