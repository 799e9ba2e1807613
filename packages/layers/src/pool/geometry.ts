// Max, min and average pooling share their geometry; they differ in what they keep for the gradient.
import { call, type Call } from '../calls/call.ts';
import type { EvaluationContext } from '../calls/contexts.ts';
import type { Place } from '../calls/place.ts';
import type { ResolvedLayer } from '../calls/resolved.ts';
import { forwardTaps, windowProgram, type AxisTaps } from '../calls/window-program.ts';
import type { WindowFacts } from '../settings/window.ts';

/** Sizes of a pooling layer as its calls need them. Bytes are of one shard. */
export interface PoolGeometry {
  readonly channels: number;
  /** Bytes of one channel's map. */
  readonly inputPlane: number;
  readonly outputPlane: number;
  readonly rows: AxisTaps;
  readonly columns: AxisTaps;
  readonly program: Place;
  /** Whether windows share positions, so that gradients must be added. */
  readonly overlaps: boolean;
  /** Whether every position is in exactly one window, so that dX needs no clearing. */
  readonly covers: boolean;
}

export function toPoolGeometry(
  { settings, inputShape, outputShape }: ResolvedLayer<WindowFacts>,
  { shard: { lanes }, tables }: Pick<EvaluationContext, 'shard' | 'tables'>,
): PoolGeometry {
  const { kernelSize, stride, padding } = settings;
  const [channels, height, width] = inputShape;
  // Global pooling gives [channels]: its one window is the whole map.
  const [, outputHeight = 1, outputWidth = 1] = outputShape;
  const rows = forwardTaps(outputHeight, height, kernelSize[0], stride[0], padding[0]);
  const columns = forwardTaps(outputWidth, width, kernelSize[1], stride[1], padding[1]);
  const overlaps = stride[0] < kernelSize[0] || stride[1] < kernelSize[1];
  return {
    channels,
    inputPlane: height * width * lanes * 4,
    outputPlane: outputHeight * outputWidth * lanes * 4,
    rows,
    columns,
    program: tables.place(windowProgram(rows, columns, width, kernelSize[1], lanes)),
    overlaps,
    covers: !overlaps && reachesAll(rows, height) && reachesAll(columns, width),
  };
}

function reachesAll(taps: AxisTaps, size: number): boolean {
  return new Set(taps.flatMap((list) => list.map(({ source }) => source))).size === size;
}

/** Zeros the input's gradient where the windows do not write all of it. */
export function clearCalls(
  { covers, inputPlane }: PoolGeometry,
  dX: Place,
  channels: number,
): Call[] {
  return covers ? [] : [call('clear', { at: dX, size: channels * inputPlane })];
}
