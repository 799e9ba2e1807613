import { ConfigurationError, conv2dBackward, conv2dForward, formatShape } from '@convbook/core';
import type { Shape } from '@convbook/core';
import { heNormal, zeros, type Initializer } from '../initialize.ts';
import type { LayerKind, WindowFacts } from '../layer-kind.ts';
import { checkInteger, toPair, type Pair } from '../pair.ts';
import { toWindow } from '../window.ts';
import { planConvGroup } from '../plan/conv-group.ts';

export interface Conv2dSpec {
  readonly kind: 'conv2d';
  readonly filters: number;
  readonly kernelSize: Pair;
  /** Default 1. */
  readonly stride?: Pair;
  /** Zeros around the input; default 0. */
  readonly padding?: Pair;
  /** Of the weights; default He's normal. Biases start at 0. */
  readonly initializer?: Initializer;
}

/**
 * Convolution (cross-correlation, no flip): `[n, c, h, w]` → `[n, filters, oh, ow]` with
 * `oh = ⌊(h + 2·padding − kernelSize) / stride⌋ + 1`. Weights `[filters, c, kh, kw]`.
 */
export function conv2d(settings: Omit<Conv2dSpec, 'kind'>): Conv2dSpec {
  return { kind: 'conv2d', ...settings };
}

export const conv2dKind: LayerKind<Conv2dSpec> = {
  kind: 'conv2d',
  prefix: 'conv',
  isActivation: false,
  resolve(spec, inputShape, where) {
    if (inputShape.length !== 3) {
      throw new ConfigurationError(
        `${where}: expected input [channels, height, width], got ${formatShape(inputShape)}; ` +
          'put conv2d before flatten()',
      );
    }
    checkInteger(spec.filters, 1, `${where}.filters`);
    const kernelSize = toPair(spec.kernelSize, 1, `${where}.kernelSize`);
    const { window, outputSize } = toWindow(kernelSize, spec, [1, 1], inputShape, where);
    const channels = inputShape[0];
    const perOutput = channels * kernelSize[0] * kernelSize[1];
    const initializer = spec.initializer ?? heNormal(perOutput);
    const shape: Shape = [spec.filters, channels, ...kernelSize];
    return {
      outputShape: [spec.filters, ...outputSize],
      parameters: [
        { name: 'weight', shape, initializer, bias: false },
        { name: 'bias', shape: [spec.filters], initializer: zeros, bias: true },
      ],
      multiplyAdds: spec.filters * outputSize[0] * outputSize[1] * perOutput,
      filters: spec.filters,
      window,
    };
  },
  plan: planConvGroup,
  usesWholeBatch: false,
  reference: {
    forward: (x, { weight, bias }, facts) =>
      conv2dForward(x, weight, bias.data, facts.window as WindowFacts),
    backward(x, _y, dY, { weight }, facts) {
      const { dX, dW, dBias } = conv2dBackward(x, weight, dY, facts.window as WindowFacts);
      return { dX, parameters: { weight: dW, bias: dBias } };
    },
  },
};
