import {
  batchNormBackward,
  batchNormForward,
  batchStatistics,
  checkNumber,
  ConfigurationError,
  formatShape,
  moveStatistics,
  upToOne,
  aboveZero,
  valuesPerChannel,
  type ChannelStatistics,
  type Tensor,
} from '@convbook/core';
import type { LayerKind, LayerParameters } from '../calls/layer-kind.ts';
import { batchNormSharedBytes, planBatchNorm } from './calls.ts';
import { constant, zeros } from '../settings/initializer.ts';
import type { LayerFacts } from '../calls/resolved.ts';

export interface BatchNormSpec {
  readonly kind: 'batchNorm';
  /** Added to the variance; default 1e-5. */
  readonly epsilon?: number;
  /** Share of a batch in the running statistics, from 0 to 1; default 0.1. */
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

export const batchNormKind: LayerKind<BatchNormSpec> = {
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
      settings: { epsilon, momentum, frozen: frozen ? 1 : 0 },
    };
  },
  plan: planBatchNorm,
  sharedBytes: ({ outputShape, settings }, shardCount) =>
    settings?.frozen === 1 ? 0 : batchNormSharedBytes(outputShape[0], shardCount),
  reference: {
    forward(x, parameters, facts, draws) {
      const statistics = statisticsOf(x, parameters, facts, draws !== undefined);
      return batchNormForward(x, statistics, settingsOf(parameters, facts));
    },
    backward(x, _y, dY, parameters, facts) {
      const isBatch = !isFrozen(facts);
      const { dX, dWeight, dBias } = batchNormBackward(
        ...([x, dY.data, statisticsOf(x, parameters, facts, true)] as const),
        ...([settingsOf(parameters, facts), isBatch] as const),
      );
      return { dX, parameters: { weight: dWeight, bias: dBias } };
    },
    moveBuffers(x, parameters, facts) {
      const running = runningOf(parameters);
      const { momentum = 0 } = facts.settings ?? {};
      const { mean, variance } = isFrozen(facts)
        ? running
        : moveStatistics(running, batchStatistics(x), valuesPerChannel(x), momentum);
      return { running_mean: mean, running_var: variance };
    },
  },
};

function isFrozen({ settings }: LayerFacts): boolean {
  return settings?.frozen === 1;
}

function runningOf({ running_mean, running_var }: LayerParameters): ChannelStatistics {
  return { mean: running_mean.data, variance: running_var.data };
}

function statisticsOf(
  x: Tensor,
  parameters: LayerParameters,
  facts: LayerFacts,
  isTraining: boolean,
): ChannelStatistics {
  return isTraining && !isFrozen(facts) ? batchStatistics(x) : runningOf(parameters);
}

function settingsOf({ weight, bias }: LayerParameters, { settings }: LayerFacts) {
  return { weight: weight.data, bias: bias.data, epsilon: settings?.epsilon ?? 0 };
}
