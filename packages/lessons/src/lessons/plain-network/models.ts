import { conv2d, defineModel, dense, flatten, maxPool2d, relu } from '@convbook/layers';

/** A plain network for digits, and a convolutional one with fewer parameters. */
export const models = {
  plain: defineModel({
    name: 'plain',
    input: [1, 28, 28],
    layers: [flatten(), dense({ units: 64 }), relu(), dense({ units: 10 })],
  }),
  convolutional: defineModel({
    name: 'convolutional',
    input: [1, 28, 28],
    layers: [
      conv2d({ filters: 8, kernelSize: 5 }),
      relu(),
      maxPool2d({ size: 2 }),
      conv2d({ filters: 16, kernelSize: 5 }),
      relu(),
      maxPool2d({ size: 2 }),
      flatten(),
      dense({ units: 10 }),
    ],
  }),
} as const;

/** Name of a model of the lesson. */
export type ModelName = keyof typeof models;

export const modelNames: readonly ModelName[] = ['plain', 'convolutional'];
