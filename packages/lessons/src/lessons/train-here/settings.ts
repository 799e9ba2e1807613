import {
  conv2d,
  dense,
  flatten,
  gaussian,
  maxPool2d,
  relu,
  sigmoid,
  tanh,
  type ModelSpec,
} from '@convbook/layers';
import {
  adagrad,
  adam,
  adamw,
  constantRate,
  momentum,
  nesterov,
  rmsprop,
  sgd,
  type TrainingSettings,
} from '@convbook/run/settings';

const activations = { relu, sigmoid, tanh };
const optimizers = { sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw };

/** Learning rates to choose from. */
export const rates = [1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1];

/** What a reader chooses before training. */
export interface Settings {
  readonly filters: number;
  readonly kernelSize: number;
  readonly activation: keyof typeof activations;
  readonly optimizer: keyof typeof optimizers;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly seed: number;
}

/** Those of text B: 30 filters of 5×5, Adam, batches of 100. */
export const firstSettings: Settings = {
  filters: 30,
  kernelSize: 5,
  activation: 'relu',
  optimizer: 'adam',
  learningRate: 1e-3,
  batchSize: 100,
  seed: 1,
};

/** Epochs after which training ends. */
export const epochs = 50;

/** SimpleConvNet, or a smaller one. */
export function netOf({ filters, kernelSize, activation }: Settings): ModelSpec {
  const initializer = gaussian(0.01);
  return {
    name: 'simple-convnet',
    input: [1, 28, 28],
    layers: [
      conv2d({ filters, kernelSize, initializer }),
      activations[activation](),
      maxPool2d({ size: 2 }),
      flatten(),
      dense({ units: 100, initializer }),
      activations[activation](),
      dense({ units: 10, initializer }),
    ],
  };
}

export function trainingOf(settings: Settings): TrainingSettings {
  const { optimizer, learningRate, batchSize, seed } = settings;
  return {
    optimizer: optimizers[optimizer](),
    schedule: constantRate(),
    learningRate,
    batchSize,
    seed,
  };
}
