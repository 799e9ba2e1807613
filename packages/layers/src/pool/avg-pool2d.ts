import { avgPool2dBackward, avgPool2dForward } from '@convbook/core/reference';
import type { LayerKind, LayerReference } from '../calls/layer-kind.ts';
import { avgPoolPlan } from './avg-calls.ts';
import type { AvgPoolSettings } from './divisors.ts';
import { poolSettingTypes, referenceWindow, toPoolFacts, type PoolSpec } from './facts.ts';

/** A `avgPool2d()` layer as plain data. */
export interface AvgPool2dSpec extends PoolSpec {
  readonly kind: 'avgPool2d';
  /** Whether padding counts in the divisor; default true, as in PyTorch. */
  readonly countPadding?: boolean;
}

/** The mean of each window: `[n, c, h, w]` → `[n, c, oh, ow]`; padding counts as 0. */
export function avgPool2d(settings: Omit<AvgPool2dSpec, 'kind'>): AvgPool2dSpec {
  return { kind: 'avgPool2d', ...settings };
}

export const avgPool2dKind: LayerKind<AvgPool2dSpec, AvgPoolSettings> = {
  kind: 'avgPool2d',
  prefix: 'pool',
  isActivation: false,
  settingTypes: { ...poolSettingTypes, countPadding: 'boolean' },
  resolve(spec, inputShape, where) {
    const facts = toPoolFacts('avgPool2d', spec, inputShape, where);
    const settings = { ...facts.settings, countPadding: spec.countPadding ?? true };
    return { ...facts, settings };
  },
  plan: avgPoolPlan,
};

export const avgPool2dReference: LayerReference<AvgPoolSettings> = {
  forward(x, _parameters, layer) {
    const window = referenceWindow(layer);
    return avgPool2dForward(x, window.kernelSize, window);
  },
  backward(x, _y, dY, _parameters, layer) {
    const window = referenceWindow(layer);
    const dX = avgPool2dBackward(x, window.kernelSize, window, dY.data);
    return { dX, parameters: {} };
  },
};
