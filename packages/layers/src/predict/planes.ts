// Layers across channels: their kernels take a channel's map at a time, so images are brought into planes and back.
import type { LocalResponseNormSettings } from '@convbook/core/reference';
import { call, type Call } from '../calls/call.ts';
import type { Place } from '../calls/place.ts';
import type { ImageContext, ImageKind, ImagePass } from './image-kind.ts';
import { positionsOf, takeImages } from './image-map.ts';

export const softmaxImages: ImageKind = {
  plan: (context) => {
    const [x] = takePlanes(context, 1);
    return inPlanes(context, x, x, call('softmax', { y: x, x, ...planesOf(context) }));
  },
};

export const localResponseNormImages: ImageKind<LocalResponseNormSettings> = {
  plan(context) {
    const { half, alpha, beta, k } = context.layer.settings;
    const [x, y, scale] = takePlanes(context, 3);
    const numbers = { half, alpha, beta, k };
    const places = { y, scale, x };
    const normalize = call('localResponseNorm', { ...places, ...planesOf(context), ...numbers });
    return inPlanes(context, x, y, normalize);
  },
};

/** Channels, and the bytes of a channel's positions of all samples, in whole vectors. */
function planesOf({ input, samples }: ImageContext): { channels: number; plane: number } {
  const plane = Math.ceil((samples * positionsOf(input)) / 4) * 16;
  return { channels: input.size[0], plane };
}

function takePlanes(context: ImageContext, count: number): Place[] {
  const { channels, plane } = planesOf(context);
  return Array.from({ length: count }, () => context.arena.take(channels * plane));
}

/** From the input to the planes `x`, and from the planes `y` to the output. */
function inPlanes(context: ImageContext, x: Place, y: Place, inside: Call): ImagePass {
  const { input, samples, arena } = context;
  const { channels, plane } = planesOf(context);
  const output = takeImages(arena, input.size, samples);
  const sizes = { sampleStride: input.column, rowStride: 0, columnStride: 0, channels };
  const position = { rows: 1, columns: 1, laneBytes: plane, xPlane: plane };
  const calls = [
    call('fromSamples', { x, images: input.place, ...sizes, ...position }),
    inside,
    call('toSamples', { images: output.place, x: y, ...sizes, ...position }),
  ];
  return { output, calls };
}
