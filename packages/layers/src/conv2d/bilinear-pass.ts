// Maps by a bilinear convolution, in training: sums of inputs, products summed over channels, sums of products.
import { call, type Call } from '../calls/call.ts';
import type { TrainingContext } from '../calls/contexts.ts';
import type { Place } from '../calls/place.ts';
import { gatherProgram, productBytes, spreadProgram } from './bilinear-program.ts';
import type { BilinearScheme } from './bilinear-scheme.ts';
import { weightPlane } from './bilinear-weights.ts';
import type { ConvGeometry } from './geometry.ts';

/** From the layer's input to `out`. */
export function bilinearForwardCalls(
  context: TrainingContext,
  geometry: ConvGeometry,
  scheme: BilinearScheme,
  out: Place,
  hasRelu: boolean,
): Call[] {
  const { filters, outputSize, lanes, hasBias } = geometry;
  const [V, M] = borrowProducts(context, geometry, scheme);
  const size = outputSize[0] * outputSize[1];
  return [
    inputSums(context, geometry, scheme, V),
    call('bilinearProducts', { M, V, ...sizes(context, geometry, scheme) }),
    call('combine', {
      out,
      source: M,
      program: context.tables.place(gatherProgram(scheme, 'outputs', size, filters, lanes)),
      channels: filters,
      laneBytes: lanes * 4,
      bias: hasBias ? context.parameter('bias') : null,
      relu: hasRelu ? 1 : 0,
    }),
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
  const { channels, inputSize, lanes } = geometry;
  const [dV, dM] = borrowProducts(context, geometry, scheme);
  const size = inputSize[0] * inputSize[1];
  return [
    gradientSums(context, geometry, scheme, gradient, dM),
    call('bilinearInputProducts', { dV, dM, ...sizes(context, geometry, scheme) }),
    call('combine', {
      out: inputGradient,
      source: dV,
      program: context.tables.place(gatherProgram(scheme, 'inputs', size, channels, lanes)),
      channels,
      laneBytes: lanes * 4,
      bias: null,
      relu: 0,
    }),
  ];
}

/** Places for V and M. */
export function borrowProducts(
  { arena }: TrainingContext,
  { filters, channels, lanes }: ConvGeometry,
  scheme: BilinearScheme,
) {
  return arena.borrow(
    productBytes(scheme, channels, lanes),
    productBytes(scheme, filters, lanes),
  );
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

/** V, the sums of the layer's input. */
export function inputSums(
  { input, tables }: TrainingContext,
  { channels, inputSize, lanes }: ConvGeometry,
  scheme: BilinearScheme,
  V: Place,
): Call {
  const size = inputSize[0] * inputSize[1];
  return call('combine', {
    out: V,
    source: input,
    program: tables.place(spreadProgram(scheme, 'inputs', size, channels, lanes)),
    channels,
    laneBytes: lanes * 4,
    bias: null,
    relu: 0,
  });
}

/** dM, the sums of the output's gradient. */
export function gradientSums(
  { tables }: TrainingContext,
  { filters, outputSize, lanes }: ConvGeometry,
  scheme: BilinearScheme,
  gradient: Place,
  dM: Place,
): Call {
  const size = outputSize[0] * outputSize[1];
  return call('combine', {
    out: dM,
    source: gradient,
    program: tables.place(spreadProgram(scheme, 'outputs', size, filters, lanes)),
    channels: filters,
    laneBytes: lanes * 4,
    bias: null,
    relu: 0,
  });
}
