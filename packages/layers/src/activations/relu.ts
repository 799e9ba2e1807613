import { reluBackward, reluForward } from '@convbook/core';
import type { LayerKind } from '../calls/layer-kind.ts';
import { planReluGroup } from './relu-calls.ts';

export interface ReluSpec {
  readonly kind: 'relu';
}

/** max(x, 0), any shape. Its gradient at 0 is 0. */
export function relu(): ReluSpec {
  return { kind: 'relu' };
}

export const reluKind: LayerKind<ReluSpec> = {
  kind: 'relu',
  prefix: 'relu',
  isActivation: true,
  settingTypes: {},
  resolve: (_spec, inputShape) => ({
    outputShape: inputShape,
    parameters: [],
    multiplyAdds: 0,
    filters: null,
    window: null,
  }),
  plan: planReluGroup,
  reference: {
    forward: (x) => ({ shape: x.shape, data: reluForward(x.data) }),
    backward: (_x, y, dY) => ({ dX: reluBackward(y.data, dY.data), parameters: {} }),
  },
};
