import { elementCount } from '@convbook/core';
import type { LayerKind, LayerReference } from '../calls/layer-kind.ts';
import { plainFacts } from '../calls/resolved.ts';

/** A `flatten()` layer as plain data. */
export interface FlattenSpec {
  readonly kind: 'flatten';
}

/** `[n, c, h, w]` → `[n, c·h·w]`, in that order. */
export function flatten(): FlattenSpec {
  return { kind: 'flatten' };
}

export const flattenKind: LayerKind<FlattenSpec, null> = {
  kind: 'flatten',
  prefix: 'flatten',
  isActivation: false,
  settingTypes: {},
  resolve: (_spec, inputShape) => plainFacts([elementCount(inputShape)], null),
  plan: null,
};

export const flattenReference: LayerReference<null> = {
  forward: (x, _parameters, layer) => ({
    shape: [x.shape[0], ...layer.outputShape],
    data: x.data,
  }),
  backward: (_x, _y, dY) => ({ dX: dY.data, parameters: {} }),
};
