import {
  ConfigurationError,
  dropoutMask,
  elementCount,
  type Draws,
  type Tensor,
} from '@convbook/core';
import type { LayerKind } from '../calls/layer-kind.ts';
import { planDropout } from './calls.ts';
import type { LayerFacts } from '../calls/resolved.ts';

export interface DropoutSpec {
  readonly kind: 'dropout';
  /** Fraction that is dropped, from 0 to below 1; default 0.5. */
  readonly rate?: number;
}

/**
 * Drops elements at random in training and scales the others by `1 / (1 − rate)`; any shape. In
 * evaluation it is the identity. What is dropped depends on (seed, epoch, layer, sample, element).
 */
export function dropout(settings: Omit<DropoutSpec, 'kind'> = {}): DropoutSpec {
  return { kind: 'dropout', ...settings };
}

export const dropoutKind: LayerKind<DropoutSpec> = {
  kind: 'dropout',
  prefix: 'dropout',
  isActivation: false,
  settingTypes: { rate: 'number' },
  resolve({ rate = 0.5 }, inputShape, where) {
    if (!(rate >= 0 && rate < 1)) {
      throw new ConfigurationError(
        `${where}.rate: expected a number from 0 to below 1, got ${rate}`,
      );
    }
    const none = { parameters: [], multiplyAdds: 0, filters: null, window: null };
    return { outputShape: inputShape, ...none, settings: { rate } };
  },
  plan: planDropout,
  reference: {
    forward: (x, _parameters, facts, draws) => ({ shape: x.shape, data: masked(x, facts, draws) }),
    backward: (_x, _y, dY, _parameters, facts, draws) => ({
      dX: masked(dY, facts, draws),
      parameters: {},
    }),
  },
};

function masked(x: Tensor, { settings, outputShape, index }: LayerFacts, draws?: Draws) {
  if (!draws) return x.data;
  const mask = dropoutMask(draws, index ?? 0, settings?.rate ?? 0, elementCount(outputShape));
  return x.data.map((value, i) => value * mask[i]);
}
