// Maps by a bilinear convolution, in training: sums of positions, products of these with the weights, summed
// over channels, and sums of products. Evaluation and prediction use the direct kernel, which rounds differently.
import { call, type Call } from '../calls/call.ts';
import type { TrainingContext } from '../calls/contexts.ts';
import type { Place } from '../calls/place.ts';
import { gatherProgram, spreadProgram, sumRows, type Maps } from './bilinear-program.ts';
import type { BilinearScheme } from './bilinear-scheme.ts';
import { weightPlane } from './prepare-parts.ts';
import type { ConvGeometry } from './geometry.ts';

/** From the layer's input to `out`. */
export function bilinearForwardCalls(
  context: TrainingContext,
  geometry: ConvGeometry,
  scheme: BilinearScheme,
  out: Place,
  hasRelu: boolean,
): Call[] {
  const [V, M] = borrowSums(context, geometry, scheme);
  const bias = geometry.hasBias ? context.parameter('bias') : null;
  return [
    spreadCall(context, scheme, inputMaps(geometry), context.input, V),
    call('bilinearProducts', { M, V, ...sizes(context, geometry, scheme) }),
    gatherCall(context, scheme, outputMaps(geometry), M, out, bias, hasRelu),
  ];
}

/** From the gradient of the layer's map to that of its input. */
export function bilinearInputGradientCalls(
  context: TrainingContext,
  geometry: ConvGeometry,
  scheme: BilinearScheme,
  gradient: Place,
  inputGradient: Place,
): Call[] {
  const [dV, dM] = borrowSums(context, geometry, scheme);
  return [
    spreadCall(context, scheme, outputMaps(geometry), gradient, dM),
    call('bilinearInputProducts', { dV, dM, ...sizes(context, geometry, scheme) }),
    gatherCall(context, scheme, inputMaps(geometry), dV, inputGradient, null, false),
  ];
}

export function inputMaps({ channels, inputSize, lanes }: ConvGeometry): Maps {
  return { channels, size: inputSize, terms: 'inputs', laneBytes: lanes * 4 };
}

export function outputMaps({ filters, outputSize, lanes }: ConvGeometry): Maps {
  return { channels: filters, size: outputSize, terms: 'outputs', laneBytes: lanes * 4 };
}

function borrowSums(
  { arena }: TrainingContext,
  { filters, channels, lanes }: ConvGeometry,
  scheme: BilinearScheme,
) {
  const bytesOf = (count: number) => sumRows(scheme, count) * lanes * 4;
  return arena.borrow(bytesOf(channels), bytesOf(filters));
}

function sizes(
  { tables, batch }: TrainingContext,
  geometry: ConvGeometry,
  { positions }: BilinearScheme,
) {
  const { filters, channels, lanes } = geometry;
  return {
    U: batch.prepared(),
    uPlane: weightPlane(geometry),
    positions: tables.place(Int32Array.from(positions)),
    planes: positions.length,
    filters,
    channels,
    laneBytes: lanes * 4,
  };
}

/** From maps to rows of sums, a shard's own by default or `rowBytes` apart. */
export function spreadCall(
  { tables }: Pick<TrainingContext, 'tables'>,
  scheme: BilinearScheme,
  maps: Maps,
  source: Place,
  out: Place,
  rowBytes = maps.laneBytes,
): Call {
  return call('combine', {
    out,
    source,
    program: tables.place(spreadProgram(scheme, maps, rowBytes)),
    channels: maps.channels,
    laneBytes: maps.laneBytes,
    bias: null,
    relu: 0,
  });
}

function gatherCall(
  { tables }: TrainingContext,
  scheme: BilinearScheme,
  maps: Maps,
  source: Place,
  out: Place,
  bias: Place | null,
  hasRelu: boolean,
): Call {
  return call('combine', {
    out,
    source,
    program: tables.place(gatherProgram(scheme, maps)),
    channels: maps.channels,
    laneBytes: maps.laneBytes,
    bias,
    relu: hasRelu ? 1 : 0,
  });
}
