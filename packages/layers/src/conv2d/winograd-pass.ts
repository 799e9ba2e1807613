// Maps by Winograd, in training: it rounds differently from the direct kernel, which evaluation and
// prediction use. The input's gradient is the convolution of the output's gradient with the weights
// turned by half a turn.
import { call, type Call } from '../calls/call.ts';
import type { TrainingContext } from '../calls/contexts.ts';
import type { Place } from '../calls/place.ts';
import type { ConvGeometry } from './geometry.ts';
import { planes, planeStride, tilesOf, tileScratchBytes, tileStep } from './winograd-tiles.ts';
import { weightPlane } from './prepare-parts.ts';
import { turnedWeights } from './winograd-weights.ts';

/** Bytes of transformed tiles that are worked on at once: with the weights they fit a level-2 cache. */
const chunkBytes = 384 * 1024;

/** Maps of one side of a pass. */
interface Maps {
  readonly place: Place;
  readonly size: readonly [number, number];
  readonly channels: number;
}

/** One pass over maps: `out` from `source` with rows and columns of zeros before it. */
interface Pass {
  readonly U: Place;
  readonly uPlane: number;
  /** Outputs of a tile along an axis. */
  readonly step: number;
  readonly source: Maps;
  readonly padding: readonly [above: number, before: number];
  readonly out: Maps;
  readonly bias: Place | null;
  readonly hasRelu: boolean;
}

/** From the layer's input to `out`. */
export function winogradForwardCalls(
  context: TrainingContext,
  geometry: ConvGeometry,
  out: Place,
  hasRelu: boolean,
): Call[] {
  const { filters, channels, inputSize, outputSize, window } = geometry;
  return passCalls(context, {
    U: context.batch.prepared(),
    uPlane: weightPlane(geometry),
    step: tileStep(geometry),
    source: { place: context.input, size: inputSize, channels },
    padding: window.padding,
    out: { place: out, size: outputSize, channels: filters },
    bias: geometry.hasBias ? context.parameter('bias') : null,
    hasRelu,
  });
}

/** From the gradient of the layer's map to that of its input. */
export function winogradInputGradientCalls(
  context: TrainingContext,
  geometry: ConvGeometry,
  gradient: Place,
  inputGradient: Place,
): Call[] {
  const { filters, channels, inputSize, outputSize, window } = geometry;
  const { kernelSize, padding } = window;
  return passCalls(context, {
    U: turnedWeights(geometry, context.batch.prepared()),
    uPlane: weightPlane(geometry),
    step: tileStep(geometry),
    source: { place: gradient, size: outputSize, channels: filters },
    padding: [kernelSize[0] - 1 - padding[0], kernelSize[1] - 1 - padding[1]],
    out: { place: inputGradient, size: inputSize, channels },
    bias: null,
    hasRelu: false,
  });
}

// Some rows of tiles at a time.
function passCalls({ arena, shard }: TrainingContext, pass: Pass): Call[] {
  const { step, source, out } = pass;
  const laneBytes = shard.lanes * 4;
  const [tileRows, tileColumns] = tilesOf(out.size, step);
  const tileRowBytes = tileColumns * laneBytes;
  const perRow = planes * (source.channels + out.channels) * tileRowBytes;
  const most = Math.min(tileRows, Math.max(1, Math.floor(chunkBytes / perRow)));
  const vPlane = planeStride(source.channels * most * tileRowBytes);
  const mPlane = planeStride(out.channels * most * tileRowBytes);
  const [V, M, scratch] = arena.borrow(planes * vPlane, planes * mPlane, tileScratchBytes);
  const chunks = Array.from({ length: Math.ceil(tileRows / most) }, (_, i) => i * most);
  return chunks.flatMap((firstRow) => {
    const rows = Math.min(most, tileRows - firstRow);
    const tiles = { step, firstRow, tileRows: rows, tileColumns, scratch };
    return [
      call('winogradInput', {
        V,
        vPlane,
        x: source.place,
        xPlane: planeOf(source, laneBytes),
        channels: source.channels,
        height: source.size[0],
        width: source.size[1],
        laneBytes,
        paddingAbove: pass.padding[0],
        paddingBefore: pass.padding[1],
        ...tiles,
      }),
      call('winogradProducts', {
        M,
        mPlane,
        V,
        vPlane,
        U: pass.U,
        uPlane: pass.uPlane,
        outChannels: out.channels,
        sourceChannels: source.channels,
        rowBytes: rows * tileRowBytes,
      }),
      call('winogradOutput', {
        out: out.place,
        outPlane: planeOf(out, laneBytes),
        M,
        mPlane,
        bias: pass.bias,
        filters: out.channels,
        height: out.size[0],
        width: out.size[1],
        laneBytes,
        relu: pass.hasRelu ? 1 : 0,
        ...tiles,
      }),
    ];
  });
}

function planeOf({ size: [height, width] }: Maps, laneBytes: number): number {
  return height * width * laneBytes;
}
