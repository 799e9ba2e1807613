import {
  ConfigurationError,
  formatShape,
  maxPool2dBackward,
  maxPool2dForward,
} from '@convbook/core';
import type { LayerKind, WindowFacts } from '../layer-kind.ts';
import { toPair, type Pair } from '../pair.ts';
import { toWindow } from '../window.ts';
import { planPoolGroup } from '../plan/pool-group.ts';

export interface MaxPool2dSpec {
  readonly kind: 'maxPool2d';
  readonly size: Pair;
  /** Default: the window's size. */
  readonly stride?: Pair;
  /** At most half the window; counts as −infinity. Default 0. */
  readonly padding?: Pair;
}

/** The largest of each window: `[n, c, h, w]` → `[n, c, oh, ow]`, floor where it does not divide. */
export function maxPool2d(settings: Omit<MaxPool2dSpec, 'kind'>): MaxPool2dSpec {
  return { kind: 'maxPool2d', ...settings };
}

// The index of a maximum is kept in 16 bits.
const mostPositions = 16_383;

export const maxPool2dKind: LayerKind<MaxPool2dSpec> = {
  kind: 'maxPool2d',
  prefix: 'pool',
  isActivation: false,
  resolve(spec, inputShape, where) {
    if (inputShape.length !== 3) {
      throw new ConfigurationError(
        `${where}: expected input [channels, height, width], got ${formatShape(inputShape)}; ` +
          'put maxPool2d before flatten()',
      );
    }
    const size = toPair(spec.size, 1, `${where}.size`);
    if (size[0] * size[1] > mostPositions) {
      throw new ConfigurationError(
        `${where}.size: expected a window of at most ${mostPositions} positions, ` +
          `got ${formatShape(size)}; pool twice`,
      );
    }
    const { window, outputSize } = toWindow(size, spec, size, inputShape, where);
    if (window.padding[0] * 2 > size[0] || window.padding[1] * 2 > size[1]) {
      throw new ConfigurationError(
        `${where}.padding: expected at most half the window ${formatShape(size)}, ` +
          `got ${formatShape(window.padding)}`,
      );
    }
    return {
      outputShape: [inputShape[0], ...outputSize],
      parameters: [],
      multiplyAdds: 0,
      filters: null,
      window,
    };
  },
  plan: planPoolGroup,
  usesWholeBatch: false,
  reference: {
    forward: (x, _parameters, { window }) => {
      const settings = window as WindowFacts;
      return maxPool2dForward(x, settings.kernelSize, settings).y;
    },
    backward(x, _y, dY, _parameters, { window }) {
      const settings = window as WindowFacts;
      const { indexes } = maxPool2dForward(x, settings.kernelSize, settings);
      return { dX: maxPool2dBackward(x.data.length, indexes, dY.data), parameters: {} };
    },
  },
};
