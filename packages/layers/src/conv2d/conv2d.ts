import { ConfigurationError, formatShape, type Shape } from '@convbook/core';
import { conv2dBackward, conv2dForward } from '@convbook/core/reference';
import type { LayerKind, LayerReference } from '../calls/layer-kind.ts';
import type { ParameterSpec } from '../calls/resolved.ts';
import { heNormal, zeros, type Initializer } from '../settings/initializer.ts';
import { checkInteger, toPair, type Pair } from '../settings/pair.ts';
import { toWindow, type Rounding, type WindowSpec } from '../settings/window.ts';
import { conv2dPlan } from './calls.ts';
import type { ConvSettings } from './geometry.ts';

/** A `conv2d()` layer as plain data. */
export interface Conv2dSpec extends WindowSpec {
  readonly kind: 'conv2d';
  readonly filters: number;
  readonly kernelSize: Pair;
  /** Groups of channels, each with its own filters; default 1. As many as channels: depthwise. */
  readonly groups?: number;
  /** Whether each filter has a bias; default true. */
  readonly bias?: boolean;
  /** Initial weights; default He's normal. Biases start at 0. */
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

export const conv2dKind: LayerKind<Conv2dSpec, ConvSettings> = {
  kind: 'conv2d',
  prefix: 'conv',
  isActivation: false,
  settingTypes: {
    filters: 'number',
    kernelSize: 'required pair',
    stride: 'pair',
    padding: 'pair',
    dilation: 'pair',
    groups: 'number',
    bias: 'boolean',
    rounding: 'text',
    initializer: 'initializer',
  },
  resolve(spec, inputShape, where) {
    checkInput(inputShape, where);
    const { filters, groups = 1, bias: hasBias = true } = spec;
    const [channels] = inputShape;
    checkGroups(channels, filters, groups, where);
    const kernelSize = toPair(spec.kernelSize, 1, `${where}.kernelSize`);
    checkRounding(spec.rounding, where);
    const { window: plain, outputSize } = toWindow(kernelSize, spec, [1, 1], inputShape, where);
    const perOutput = (channels / groups) * kernelSize[0] * kernelSize[1];
    const weight: ParameterSpec = {
      name: 'weight',
      shape: [filters, channels / groups, ...kernelSize],
      initializer: spec.initializer ?? heNormal(perOutput),
      bias: false,
    };
    const bias: ParameterSpec = { name: 'bias', shape: [filters], initializer: zeros, bias: true };
    const window = { ...plain, groups };
    return {
      outputShape: [filters, ...outputSize],
      parameters: hasBias ? [weight, bias] : [weight],
      multiplyAdds: filters * outputSize[0] * outputSize[1] * perOutput,
      filters,
      window,
      settings: { ...window, hasBias },
    };
  },
  plan: conv2dPlan,
};

export const conv2dReference: LayerReference<ConvSettings> = {
  forward: (x, { weight, bias }, { settings }) =>
    conv2dForward(x, weight, settings.hasBias ? bias.data : null, settings),
  backward(x, _y, dY, { weight }, { settings }) {
    const { dX, dW, dBias } = conv2dBackward(x, weight, dY, settings);
    return { dX, parameters: settings.hasBias ? { weight: dW, bias: dBias } : { weight: dW } };
  },
};

function checkInput(inputShape: Shape, where: string): void {
  if (inputShape.length === 3) return;
  throw new ConfigurationError(
    `${where}: expected input [channels, height, width], got ${formatShape(inputShape)}; ` +
      'put conv2d before flatten()',
  );
}

function checkGroups(channels: number, filters: number, groups: number, where: string): void {
  checkInteger(filters, 1, `${where}.filters`);
  checkInteger(groups, 1, `${where}.groups`);
  if (channels % groups === 0 && filters % groups === 0) return;
  throw new ConfigurationError(
    `${where}.groups: expected a divisor of ${channels} channels and ${filters} filters, ` +
      `got ${groups}`,
  );
}

function checkRounding(rounding: Rounding | undefined, where: string): void {
  if (rounding !== 'ceil') return;
  throw new ConfigurationError(
    `${where}.rounding: expected 'floor' or 'exact', got 'ceil'; only pooling can hang over`,
  );
}
