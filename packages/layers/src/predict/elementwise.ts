// Layers that change each value by itself.
import { activationNames, type ActivationName } from '@convbook/core/reference';
import { sigmoidConstants } from '@convbook/core/kernels';
import type { ElementwiseSettings } from '../activations/elementwise.ts';
import { includesRelu } from '../activations/relu.ts';
import { call } from '../calls/call.ts';
import type { ImageContext, ImageKind } from './image-kind.ts';
import { takeImages, vectorsOf, type ImageMap } from './image-map.ts';

function elementsOf({ input, samples, arena }: ImageContext) {
  const output = takeImages(arena, input.size, samples);
  return {
    output,
    elements: { y: output.place, x: input.place, vectors: vectorsOf(input, samples) },
  };
}

export const reluImages: ImageKind = {
  plan(context) {
    const { output, elements } = elementsOf(context);
    return { output, calls: [call('relu', elements)] };
  },
};

export const sigmoidImages: ImageKind = {
  plan(context) {
    const { output, elements } = elementsOf(context);
    const constants = context.tables.place(new Int32Array(sigmoidConstants.buffer));
    return { output, calls: [call('sigmoid', { ...elements, constants })] };
  },
};

export function activationImages(name: ActivationName): ImageKind<ElementwiseSettings> {
  const kind = activationNames.indexOf(name);
  return {
    plan(context) {
      const { output, elements } = elementsOf(context);
      const { parameter } = context.layer.settings;
      return { output, calls: [call('activate', { ...elements, kind, parameter })] };
    },
  };
}

/** In evaluation dropout changes nothing. */
export const dropoutImages: ImageKind = { plan: ({ input }) => ({ output: input, calls: [] }) };

export const residualImages: ImageKind = {
  fuses: [['relu']],
  plan(context) {
    const { layer, input, shortcut, samples, arena, followedBy } = context;
    if (!shortcut) throw new Error(`${layer.name}: its plan has no place of the shortcut`);
    const output: ImageMap = takeImages(arena, input.size, samples);
    const places = { y: output.place, a: input.place, b: shortcut.place };
    const relu = includesRelu(followedBy) ? 1 : 0;
    const vectors = vectorsOf(input, samples);
    return { output, calls: [call('add', { ...places, vectors, relu })] };
  },
};
