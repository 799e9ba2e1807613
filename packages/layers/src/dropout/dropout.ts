import { ConfigurationError, elementCount, type Tensor } from '@convbook/core';
import {
  dropoutMask,
  dropoutPurpose,
  dropoutThreshold,
  type Draws,
} from '@convbook/core/reference';
import { call, type Call } from '../calls/call.ts';
import type { EvaluationContext, TrainingCalls, TrainingContext } from '../calls/contexts.ts';
import type { LayerKind, LayerReference, LayerTraining } from '../calls/layer-kind.ts';
import type { Place } from '../calls/place.ts';
import { plainFacts, type ResolvedLayer } from '../calls/resolved.ts';

/** A `dropout()` layer as plain data. */
export interface DropoutSpec {
  readonly kind: 'dropout';
  /** Fraction dropped, from 0 to below 1; default 0.5. */
  readonly rate?: number;
}

/**
 * Drops elements at random in training and scales the others by `1 / (1 − rate)`; any shape. In
 * evaluation it is the identity. What is dropped depends on (seed, epoch, layer, sample, element).
 */
export function dropout(settings: Omit<DropoutSpec, 'kind'> = {}): DropoutSpec {
  return { kind: 'dropout', ...settings };
}

interface DropoutSettings {
  readonly rate: number;
}

export const dropoutKind: LayerKind<DropoutSpec, DropoutSettings> = {
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
    return plainFacts(inputShape, { rate });
  },
  plan: { evaluate: copy },
};

export const dropoutTraining: LayerTraining<DropoutSettings> = { train: mask };

export const dropoutReference: LayerReference<DropoutSettings> = {
  forward: (x, _parameters, layer, draws) => ({ shape: x.shape, data: masked(x, layer, draws) }),
  backward: (_x, _y, dY, _parameters, layer, draws) => ({
    dX: masked(dY, layer, draws),
    parameters: {},
  }),
};

function copy({ layer, shard, input, output }: EvaluationContext): Call[] {
  const size = elementCount(layer.outputShape) * shard.lanes * 4;
  const to = { to: output, toPlane: size, toRow: size };
  const from = { from: input, fromPlane: size, fromRow: size };
  return [call('copyPlanes', { ...to, ...from, planes: 1, rows: 1, rowBytes: size })];
}

// The gradient reuses the mask.
function mask(context: TrainingContext<DropoutSettings>): TrainingCalls {
  const { layer, shard, input, output, outputGradient, inputGradient, arena, draws } = context;
  const { rate } = layer.settings;
  const positions = elementCount(layer.outputShape);
  const vectors = (positions * shard.lanes) / 4;
  const laneBytes = shard.lanes * 4;
  const place = arena.take(positions * laneBytes);
  const purpose = dropoutPurpose(layer.index);
  const threshold = dropoutThreshold(rate);
  const keep = 1 / (1 - rate);
  const masked = (y: Place, a: Place) => call('multiply', { y, a, b: place, vectors });
  return {
    forward: [
      call('dropoutMask', { mask: place, positions, laneBytes, draws, purpose, threshold, keep }),
      masked(output, input),
    ],
    inputGradient: inputGradient ? [masked(inputGradient, outputGradient)] : [],
  };
}

function masked(
  x: Tensor,
  { settings, outputShape, index }: ResolvedLayer<DropoutSettings>,
  draws?: Draws,
) {
  if (!draws) return x.data;
  const factors = dropoutMask(draws, index, settings.rate, elementCount(outputShape));
  return x.data.map((value, i) => value * factors[i]);
}
