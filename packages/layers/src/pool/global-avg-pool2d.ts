import {
  avgPool2dBackward,
  avgPool2dForward,
  ConfigurationError,
  formatShape,
} from '@convbook/core';
import type { LayerKind } from '../calls/layer-kind.ts';
import { planAvgPoolGroup } from './calls.ts';
import { poolSettings } from './facts.ts';

export interface GlobalAvgPool2dSpec {
  readonly kind: 'globalAvgPool2d';
}

/** The mean of each channel's map: `[n, c, h, w]` → `[n, c]`. */
export function globalAvgPool2d(): GlobalAvgPool2dSpec {
  return { kind: 'globalAvgPool2d' };
}

export const globalAvgPool2dKind: LayerKind<GlobalAvgPool2dSpec> = {
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
    const [channels, height, width] = inputShape;
    const size = [height, width] as const;
    return {
      outputShape: [channels],
      ...{ parameters: [], multiplyAdds: 0, filters: null },
      window: {
        ...{ kernelSize: size, stride: size, padding: [0, 0], dilation: [1, 1], dropped: [0, 0] },
        countPadding: true,
      },
    };
  },
  plan: planAvgPoolGroup,
  reference: {
    forward(x, _parameters, facts) {
      const settings = poolSettings(facts);
      const { shape, data } = avgPool2dForward(x, settings.kernelSize, settings);
      return { shape: shape.slice(0, 2), data };
    },
    backward(x, _y, dY, _parameters, facts) {
      const settings = poolSettings(facts);
      const dX = avgPool2dBackward(x, settings.kernelSize, settings, dY.data);
      return { dX, parameters: {} };
    },
  },
};
