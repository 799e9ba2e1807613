import {
  batchNormBackward,
  batchNormForward,
  batchStatistics,
  updateStatistics,
  valuesPerChannel,
  type ChannelStatistics,
} from '@convbook/core/reference';
import { checkNumber, upToOne, aboveZero } from '@convbook/core/checks';
import { ConfigurationError, formatShape, type Tensor } from '@convbook/core';
import type {
  LayerKind,
  LayerParameters,
  LayerReference,
  LayerTraining,
} from '../calls/layer-kind.ts';
import {
  batchNormSharedBytes,
  evaluateBatchNorm,
  isFixed,
  trainBatchNorm,
  type BatchNormSettings,
} from './calls.ts';
import { constant, zeros } from '../settings/initializer.ts';

/** A `batchNorm()` layer as plain data. */
export interface BatchNormSpec {
  readonly kind: 'batchNorm';
  /** Added to the variance; default 1e-5. */
  readonly epsilon?: number;
  /** Weight of each new batch in the running statistics, from 0 to 1; default 0.1. */
  readonly momentum?: number;
  /** Whether training uses the running statistics, too, and leaves them as they are; default false. */
  readonly frozen?: boolean;
}

/**
 * Batch normalization (Ioffe and Szegedy, 2015) of `[channels, height, width]` by channel or of
 * `[features]` each: y = weight · (x − mean) / √(variance + epsilon) + bias. In training mean and
 * variance are those of the whole batch; the running ones, which follow them, serve evaluation.
 */
export function batchNorm(settings: Omit<BatchNormSpec, 'kind'> = {}): BatchNormSpec {
  return { kind: 'batchNorm', ...settings };
}

export const batchNormKind: LayerKind<BatchNormSpec, BatchNormSettings> = {
  kind: 'batchNorm',
  prefix: 'bn',
  isActivation: false,
  settingTypes: { epsilon: 'number', momentum: 'number', frozen: 'boolean' },
  resolve({ epsilon = 1e-5, momentum = 0.1, frozen = false }, inputShape, where) {
    if (inputShape.length !== 3 && inputShape.length !== 1) {
      throw new ConfigurationError(
        `${where}: expected input [channels, height, width] or [features], ` +
          `got ${formatShape(inputShape)}`,
      );
    }
    checkNumber(`${where}.epsilon`, epsilon, aboveZero);
    checkNumber(`${where}.momentum`, momentum, upToOne);
    const shape = [inputShape[0]];
    const ones = constant(1);
    return {
      outputShape: inputShape,
      parameters: [
        { name: 'weight', shape, initializer: ones, bias: false },
        { name: 'bias', shape, initializer: zeros, bias: true },
        { name: 'running_mean', shape, initializer: zeros, bias: true, isBuffer: true },
        { name: 'running_var', shape, initializer: ones, bias: true, isBuffer: true },
      ],
      multiplyAdds: 0,
      filters: null,
      window: null,
      settings: { epsilon, momentum, frozen },
    };
  },
  plan: { fuses: [['relu']], evaluate: evaluateBatchNorm },
};

export const batchNormTraining: LayerTraining<BatchNormSettings> = {
  train: trainBatchNorm,
  sharedBytes: batchNormSharedBytes,
};

export const batchNormReference: LayerReference<BatchNormSettings> = {
  forward(x, parameters, layer, draws) {
    const isBatch = draws !== undefined && !isFixed(layer);
    return batchNormForward(
      x,
      statisticsOf(x, parameters, isBatch),
      affine(parameters, layer.settings),
    );
  },
  backward(x, _y, dY, parameters, layer) {
    const isBatch = !isFixed(layer);
    const statistics = statisticsOf(x, parameters, isBatch);
    const own = affine(parameters, layer.settings);
    const { dX, dWeight, dBias } = batchNormBackward(x, dY.data, statistics, own, isBatch);
    return { dX, parameters: { weight: dWeight, bias: dBias } };
  },
  updateBuffers(x, parameters, layer) {
    const running = runningOf(parameters);
    const { momentum } = layer.settings;
    const { mean, variance } = isFixed(layer)
      ? running
      : updateStatistics(running, batchStatistics(x), valuesPerChannel(x), momentum);
    return { running_mean: mean, running_var: variance };
  },
};

function statisticsOf(x: Tensor, parameters: LayerParameters, isBatch: boolean): ChannelStatistics {
  return isBatch ? batchStatistics(x) : runningOf(parameters);
}

function runningOf({ running_mean, running_var }: LayerParameters): ChannelStatistics {
  return { mean: running_mean.data, variance: running_var.data };
}

function affine({ weight, bias }: LayerParameters, { epsilon }: BatchNormSettings) {
  return { weight: weight.data, bias: bias.data, epsilon };
}
