import { maxPool2dBackward, maxPool2dForward } from '@convbook/core/reference';
import type { LayerKind, LayerReference } from '../calls/layer-kind.ts';
import type { ResolvedLayer } from '../calls/resolved.ts';
import type { WindowFacts } from '../settings/window.ts';
import { maxPoolPlan } from './extreme-calls.ts';
import { referenceWindow, poolSettingTypes, toPoolFacts, type PoolSpec } from './facts.ts';

/** A `maxPool2d()` layer as plain data. */
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

export const maxPool2dKind: LayerKind<MaxPool2dSpec, WindowFacts> = {
  kind: 'maxPool2d',
  prefix: 'pool',
  isActivation: false,
  settingTypes: poolSettingTypes,
  resolve: (spec, inputShape, where) => toPoolFacts('maxPool2d', spec, inputShape, where),
  plan: maxPoolPlan,
};

export const maxPool2dReference: LayerReference<WindowFacts> = {
  forward: (x, _parameters, layer) => {
    const window = referenceWindow(layer);
    return maxPool2dForward(x, window.kernelSize, window).y;
  },
  backward(x, _y, dY, _parameters, layer) {
    const window = referenceWindow(layer);
    const { indexes } = maxPool2dForward(x, window.kernelSize, window);
    return { dX: maxPool2dBackward(x.data.length, indexes, dY.data), parameters: {} };
  },
};

export type MaxPool2dLayer = ResolvedLayer<WindowFacts>;

export function isMaxPool2d(layer: ResolvedLayer): layer is MaxPool2dLayer {
  return layer.spec.kind === 'maxPool2d';
}
