// Pooling of images: the kernels that take the samples of a shard as lanes take the channels of a position, and samples
// for channels.
import { call, type Call } from '../calls/call.ts';
import type { Place } from '../calls/place.ts';
import { divisorsOf, type AvgPoolSettings } from '../pool/divisors.ts';
import { toPoolGeometry, type PoolGeometry } from '../pool/geometry.ts';
import type { WindowFacts } from '../settings/window.ts';
import type { ImageContext, ImageKind, ImagePass } from './image-kind.ts';
import { paddedChannels, sizeOf, takeImages } from './image-map.ts';

type Context = ImageContext<WindowFacts>;

export const maxPoolKind: ImageKind<WindowFacts> = {
  plan: (context) => maxPoolImages(context, false),
};

/** With ReLU after it where that is asked for. */
export function maxPoolImages(context: Context, hasRelu: boolean): ImagePass {
  return pool(context, ({ places, program }, index) =>
    call('maxPool', { ...places, program, index, relu: hasRelu ? 1 : 0 }),
  );
}

export const minPoolKind: ImageKind<WindowFacts> = {
  plan: (context) =>
    pool(context, ({ places, program }, index) => call('minPool', { ...places, program, index })),
};

/** With the place of each maximum, which the kernels keep for a gradient. */
function pool(
  context: Context,
  callOf: (windows: ReturnType<typeof windowsOf>, index: Place) => Call,
): ImagePass {
  const windows = windowsOf(context);
  const index = context.arena.take((context.samples * windows.output.sample) / 2);
  return { output: windows.output, calls: [callOf(windows, index)] };
}

export const avgPoolKind: ImageKind<AvgPoolSettings> = {
  plan(context) {
    const { output, places, program, geometry } = windowsOf(context);
    const divisors = divisorsOf(context, geometry);
    return { output, calls: [call('avgPool', { ...places, program, divisors })] };
  },
};

function windowsOf(context: Context) {
  const { layer, input, samples, arena, tables } = context;
  const lanes = paddedChannels(layer.inputShape[0]);
  const shard = { index: 0, first: 0, count: lanes, lanes };
  const geometry: PoolGeometry = toPoolGeometry(layer, { shard, tables });
  const output = takeImages(arena, sizeOf(layer.outputShape), samples);
  const places = {
    y: output.place,
    yPlane: output.sample,
    x: input.place,
    xPlane: input.sample,
    channels: samples,
  };
  return { output, places, geometry, program: geometry.program };
}
