import { ConfigurationError, conv2dBackward, conv2dForward, formatShape } from '@convbook/core';
import type { LayerKind } from '../calls/layer-kind.ts';
import { checkInteger, toPair, type Pair } from '../settings/pair.ts';
import { planConvGroup } from './calls.ts';
import { convKeeps, outweighsMaps, planConvWholeBatch } from './whole-batch.ts';
import { winogradBytes } from './winograd.ts';
import { toWindow, type WindowSpec } from '../settings/window.ts';
import { heNormal, zeros, type Initializer } from '../settings/initializer.ts';
import type { ParameterSpec } from '../calls/resolved.ts';
import type { WindowFacts } from '../settings/window.ts';

export interface Conv2dSpec extends WindowSpec {
  readonly kind: 'conv2d';
  readonly filters: number;
  readonly kernelSize: Pair;
  /** Groups of channels, each with its own filters; default 1. As many as channels: depthwise. */
  readonly groups?: number;
  /** Whether each filter has a bias; default true. */
  readonly bias?: boolean;
  /** Of the weights; default He's normal. Biases start at 0. */
  readonly initializer?: Initializer;
}

/**
 * Convolution (cross-correlation, no flip): `[n, c, h, w]` → `[n, filters, oh, ow]` with
 * `oh = ⌊(h + 2·padding − reach) / stride⌋ + 1`, `reach = (kernelSize − 1) · dilation + 1`. Stride and
 * dilation are 1 and padding 0 by default. Weights `[filters, c / groups, kh, kw]`.
 */
export function conv2d(settings: Omit<Conv2dSpec, 'kind'>): Conv2dSpec {
  return { kind: 'conv2d', ...settings };
}

export const conv2dKind: LayerKind<Conv2dSpec> = {
  kind: 'conv2d',
  prefix: 'conv',
  isActivation: false,
  settingTypes: {
    ...{ filters: 'number', kernelSize: 'pair', stride: 'pair', padding: 'pair' },
    ...{ dilation: 'pair', groups: 'number', bias: 'boolean', rounding: 'text' },
    initializer: 'initializer',
  },
  resolve(spec, inputShape, where) {
    if (inputShape.length !== 3) {
      throw new ConfigurationError(
        `${where}: expected input [channels, height, width], got ${formatShape(inputShape)}; ` +
          'put conv2d before flatten()',
      );
    }
    const { filters, groups = 1 } = spec;
    checkInteger(filters, 1, `${where}.filters`);
    checkInteger(groups, 1, `${where}.groups`);
    const [channels] = inputShape;
    if (channels % groups !== 0 || filters % groups !== 0) {
      throw new ConfigurationError(
        `${where}.groups: expected a divisor of ${channels} channels and ${filters} filters, ` +
          `got ${groups}`,
      );
    }
    const kernelSize = toPair(spec.kernelSize, 1, `${where}.kernelSize`);
    if (spec.rounding === 'ceil') {
      throw new ConfigurationError(
        `${where}.rounding: expected 'floor' or 'exact', got 'ceil'; only pooling can hang over`,
      );
    }
    const { window, outputSize } = toWindow(kernelSize, spec, [1, 1], inputShape, where);
    const perOutput = (channels / groups) * kernelSize[0] * kernelSize[1];
    const weight: ParameterSpec = {
      ...{ name: 'weight', shape: [filters, channels / groups, ...kernelSize], bias: false },
      initializer: spec.initializer ?? heNormal(perOutput),
    };
    const bias: ParameterSpec = { name: 'bias', shape: [filters], initializer: zeros, bias: true };
    return {
      outputShape: [filters, ...outputSize],
      parameters: (spec.bias ?? true) ? [weight, bias] : [weight],
      multiplyAdds: filters * outputSize[0] * outputSize[1] * perOutput,
      filters,
      window: { ...window, groups },
    };
  },
  plan: planConvGroup,
  preparedBytes: winogradBytes,
  wholeBatch: { serves: outweighsMaps, keeps: convKeeps, plan: planConvWholeBatch },
  reference: {
    forward: (x, parameters, { window }) => {
      const bias = 'bias' in parameters ? parameters.bias.data : null;
      return conv2dForward(x, parameters.weight, bias, window as WindowFacts);
    },
    backward(x, _y, dY, parameters, { window }) {
      const { dX, dW, dBias } = conv2dBackward(x, parameters.weight, dY, window as WindowFacts);
      const bias = 'bias' in parameters ? { bias: dBias } : {};
      return { dX, parameters: { weight: dW, ...bias } };
    },
  },
};
