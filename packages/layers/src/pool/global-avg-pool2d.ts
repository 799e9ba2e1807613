import { avgPool2dBackward, avgPool2dForward } from '@convbook/core/reference';
import { ConfigurationError, formatShape } from '@convbook/core';
import type { LayerKind, LayerReference } from '../calls/layer-kind.ts';
import { avgPoolPlan } from './avg-calls.ts';
import type { AvgPoolSettings } from './divisors.ts';
import { referenceWindow } from './facts.ts';

/** A `globalAvgPool2d()` layer as plain data. */
export interface GlobalAvgPool2dSpec {
  readonly kind: 'globalAvgPool2d';
}

/** The mean of each channel's map: `[n, c, h, w]` → `[n, c]`. */
export function globalAvgPool2d(): GlobalAvgPool2dSpec {
  return { kind: 'globalAvgPool2d' };
}

export const globalAvgPool2dKind: LayerKind<GlobalAvgPool2dSpec, AvgPoolSettings> = {
  kind: 'globalAvgPool2d',
  prefix: 'pool',
  isActivation: false,
  settingTypes: {},
  resolve(_spec, inputShape, where) {
    if (inputShape.length !== 3) {
      throw new ConfigurationError(
        `${where}: expected input [channels, height, width], got ${formatShape(inputShape)}; ` +
          'put globalAvgPool2d before flatten()',
      );
    }
    const [channels, ...size] = inputShape;
    const window = wholeMap([size[0], size[1]]);
    return {
      outputShape: [channels],
      parameters: [],
      multiplyAdds: 0,
      filters: null,
      window,
      settings: window,
    };
  },
  plan: avgPoolPlan,
};

export const globalAvgPool2dReference: LayerReference<AvgPoolSettings> = {
  forward(x, _parameters, layer) {
    const window = referenceWindow(layer);
    const { shape, data } = avgPool2dForward(x, window.kernelSize, window);
    return { shape: shape.slice(0, 2), data };
  },
  backward(x, _y, dY, _parameters, layer) {
    const window = referenceWindow(layer);
    const dX = avgPool2dBackward(x, window.kernelSize, window, dY.data);
    return { dX, parameters: {} };
  },
};

function wholeMap(size: readonly [number, number]): AvgPoolSettings {
  return {
    kernelSize: size,
    stride: size,
    padding: [0, 0],
    dilation: [1, 1],
    dropped: [0, 0],
    countPadding: true,
  };
}
