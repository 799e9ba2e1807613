// Convolutions of images, with the layers after them that their pass computes, too.
import { includesRelu } from '../activations/relu.ts';
import type { Call } from '../calls/call.ts';
import { after, type Place } from '../calls/place.ts';
import { toConvShape, type ConvSettings, type ConvShape } from '../conv2d/geometry.ts';
import { isMaxPool2d, type MaxPool2dLayer } from '../pool/max-pool2d.ts';
import { withBorder } from './border.ts';
import { convolutionCalls, takeTarget, type Target } from './convolution-calls.ts';
import type { ImageContext, ImageKind, ImagePass } from './image-kind.ts';
import { sizeOf, type ImageMap } from './image-map.ts';
import { maxPoolImages } from './pool.ts';
import { convolutionWindows, rowByRow, windowByWindow, type Windows } from './windows.ts';

export const conv2dImages: ImageKind<ConvSettings> = {
  fuses: [['relu', 'maxPool2d'], ['maxPool2d', 'relu'], ['relu']],
  plan(context) {
    const shape = toConvShape(context.layer);
    const pool = context.followedBy.find(isMaxPool2d);
    const { input, calls } = withBorder(context, shape.window.padding);
    const bordered = { ...context, input };
    const isPadded = shape.window.padding.some((size) => size > 0);
    const sharesTaps = !isPadded || mayReadZeros(context, shape);
    const { output, calls: own } =
      pool && sharesTaps && poolsTiles(pool)
        ? convolveTiles(bordered, shape, pool)
        : convolveRows(bordered, shape, sharesTaps, pool);
    return { output, calls: [...calls, ...own] };
  },
};

type Context = ImageContext<ConvSettings>;

/**
 * Whether a sum may take products with the zeros around its input: not where a weight is infinite, and not where a
 * sum may be −0, which adding 0 would change.
 */
function mayReadZeros({ parameter }: Context, { hasBias }: ConvShape): boolean {
  if (hasBias && parameter('bias').some((value) => Object.is(value, -0))) return false;
  return areFinite(parameter('weight'));
}

function areFinite(values: Float32Array): boolean {
  // 0 times infinity is NaN: quicker than a test of each value.
  let zero = 0;
  for (let at = 0; at < values.length; at++) zero += values[at] * 0;
  return zero === 0;
}

/** The map position by position, then pooled where that follows. */
function convolveRows(
  context: Context,
  shape: ConvShape,
  sharesTaps: boolean,
  pool: MaxPool2dLayer | undefined,
): ImagePass {
  const to = targetOf(context, shape, context.layer.outputShape);
  const { row, column } = to.target;
  const windows = convolutionWindows(
    shape,
    context.input,
    rowByRow(shape.outputSize),
    (r, c) => r * row + c * column,
  );
  const hasRelu = includesRelu(context.followedBy);
  const calls = callsOf(context, shape, windows, to, { sharesTaps, hasRelu: hasRelu && !pool });
  if (!pool) return { output: to.output, calls };
  const pooled = maxPoolImages({ ...context, layer: pool, input: to.output }, hasRelu);
  return { output: pooled.output, calls: [...calls, ...pooled.calls] };
}

/** Whether each window of a pooling is the four positions of a tile. */
function poolsTiles({ settings, inputShape, outputShape }: MaxPool2dLayer): boolean {
  const { kernelSize, stride, padding } = settings;
  return ([0, 1] as const).every(
    (i) =>
      kernelSize[i] === 2 &&
      stride[i] === 2 &&
      padding[i] === 0 &&
      2 * outputShape[i + 1] <= inputShape[i + 1],
  );
}

/** The pooled map at once: the four positions of a window are a tile. */
function convolveTiles(context: Context, shape: ConvShape, pool: MaxPool2dLayer): ImagePass {
  const to = targetOf(context, shape, pool.outputShape);
  const { row, column, size } = to.target;
  const windows = convolutionWindows(
    shape,
    context.input,
    windowByWindow([size[1], size[2]]),
    (r, c) => (r >> 1) * row + (c >> 1) * column,
  );
  const hasRelu = includesRelu(context.followedBy);
  const calls = callsOf(context, shape, windows, to, { sharesTaps: true, hasRelu, pools: true });
  return { output: to.output, calls };
}

function targetOf(
  context: Context,
  { groups, groupFilters: filters }: ConvShape,
  shape: readonly number[],
) {
  return takeTarget(context, { groups, filters }, sizeOf(shape));
}

function callsOf(
  context: Context,
  shape: ConvShape,
  windows: Windows,
  { target, finish }: Target,
  flags: { readonly sharesTaps: boolean; readonly hasRelu: boolean; readonly pools?: true },
): Call[] {
  const { groups, groupFilters: filters, groupChannels: channels, hasBias } = shape;
  const { input } = context;
  const source = windowStart(shape, input);
  const sizes = { groups, filters, channels, hasBias };
  const places = { input, source, target, windows };
  return [...convolutionCalls(context, { pools: false, ...flags, ...sizes, ...places }), ...finish];
}

/** Where the first position's window starts. */
function windowStart({ window: { padding } }: ConvShape, { place, row, column }: ImageMap): Place {
  return after(place, -padding[0] * row - padding[1] * column);
}
