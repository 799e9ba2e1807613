import { elementCount } from '@convbook/core';
import type { LayerKind } from '../calls/layer-kind.ts';

export interface FlattenSpec {
  readonly kind: 'flatten';
}

/** `[n, c, h, w]` → `[n, c·h·w]`, in that order. */
export function flatten(): FlattenSpec {
  return { kind: 'flatten' };
}

export const flattenKind: LayerKind<FlattenSpec> = {
  kind: 'flatten',
  prefix: 'flatten',
  isActivation: false,
  settingTypes: {},
  resolve: (_spec, inputShape) => ({
    outputShape: [elementCount(inputShape)],
    parameters: [],
    multiplyAdds: 0,
    filters: null,
    window: null,
  }),
  plan: null,
  reference: {
    forward: (x, _parameters, facts) => ({
      shape: [x.shape[0], ...facts.outputShape],
      data: x.data,
    }),
    backward: (_x, _y, dY) => ({ dX: dY.data, parameters: {} }),
  },
};
