import {
  avgPool2d,
  conv2d,
  dense,
  dropout,
  flatten,
  localResponseNorm,
  maxPool2d,
  relu,
  sigmoid,
  xavier,
  type ModelSpec,
} from '@convbook/layers';

/** What AlexNet has that LeNet has not, each on or off. */
export interface Switches {
  /** ReLU in the place of sigmoid. */
  readonly relu: boolean;
  /** Overlapping max pooling, 3×3 with stride 2, in the place of 2×2 means. */
  readonly overlap: boolean;
  /** Local response normalization after each convolution. */
  readonly norm: boolean;
  /** Dropout of one half before the dense layers. */
  readonly dropout: boolean;
}

export const switchNames = ['relu', 'overlap', 'norm', 'dropout'] as const;

/** `0110`: each switch in its order. */
export const keyOf = (switches: Switches): string =>
  switchNames.map((name) => Number(switches[name])).join('');

/** All sixteen, by the number that their key is. */
export const allSwitches: readonly Switches[] = Array.from({ length: 16 }, (_, number) => ({
  relu: (number & 8) > 0,
  overlap: (number & 4) > 0,
  norm: (number & 2) > 0,
  dropout: (number & 1) > 0,
}));

/** LeNet with those parts of AlexNet that are on; all of them begin with the same weights. */
export function switchedNet(switches: Switches): ModelSpec {
  const initializer = xavier('uniform');
  const activation = () => (switches.relu ? relu() : sigmoid());
  const norm = () => (switches.norm ? [localResponseNorm()] : []);
  const drop = () => (switches.dropout ? [dropout({ rate: 0.5 })] : []);
  const pool = () =>
    switches.overlap ? maxPool2d({ size: 3, stride: 2, padding: 1 }) : avgPool2d({ size: 2 });
  const block = (filters: number, padding: number) =>
    [
      [conv2d({ filters, kernelSize: 5, padding, initializer }), activation()],
      norm(),
      pool(),
    ].flat();
  return {
    name: `lenet-${keyOf(switches)}`,
    input: [1, 28, 28],
    layers: [
      block(6, 2),
      block(16, 0),
      flatten(),
      drop(),
      dense({ units: 120, initializer }),
      activation(),
      drop(),
      dense({ units: 84, initializer }),
      activation(),
      dense({ units: 10, initializer }),
    ].flat(),
  };
}
