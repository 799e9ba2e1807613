// Gradients of a convolution followed by max pooling: only the windows' maxima have one, and
// special kernels visit only those, sample by sample.
import { call, type Call } from '../calls/call.ts';
import type { TrainingContext } from '../calls/contexts.ts';
import { after, type Place } from '../calls/place.ts';
import type { MaxPool2dLayer } from '../pool/max-pool2d.ts';
import { groupRanges } from './direct.ts';
import type { ConvGeometry } from './geometry.ts';
import { padSource, type PaddedSource } from './pad-source.ts';
import {
  poolOffsets,
  toSampleImages,
  toWindowRows,
  unitRowsOf,
  type SampleImages,
  type WindowRows,
} from './sample-images.ts';

/** The gradients of weights and biases; `index` has the maxima that the pooling found. */
export function maximaWeightGradientCalls(
  context: TrainingContext,
  geometry: ConvGeometry,
  pool: MaxPool2dLayer,
  index: Place,
): Call[] {
  const { arena, outputGradient, tables } = context;
  const { filters, groupFilters, groupChannels, window, lanes } = geometry;
  const images = toSampleImages(geometry, unitRowsOf(geometry));
  const rows = toWindowRows(geometry, images.unitRows);
  const { positions, places } = poolOffsets(geometry, pool, images);
  const mark = arena.mark();
  const x = arena.take(lanes * images.sample + rows.row);
  const list = arena.take(lanes * positions.length * 8 + 8);
  const packed = arena.take(groupFilters * rows.filter);
  const unwantedBias = arena.take(filters * 4);
  const source = padSource(context, geometry);
  arena.release(mark);
  const bias = geometry.hasBias ? context.gradient('bias') : unwantedBias;
  const pooledPlane = positions.length * lanes * 4;
  return [
    ...source.calls,
    ...groupRanges(geometry).flatMap(({ first }, group) => [
      ...loadCalls(geometry, images, source, group * groupChannels, x),
      call('pooledWeightGradient', {
        dWeights: packed,
        rows: rows.rows,
        rowBytes: rows.row,
        tile: rows.tile,
        dBias: after(bias, first * 4),
        dY: after(outputGradient, first * pooledPlane),
        yPlane: pooledPlane,
        index: after(index, (first * pooledPlane) / 2),
        x,
        sampleStride: images.sample,
        rowStride: window.dilation[0] * images.row,
        positions: tables.place(positions),
        taps: tables.place(toWholeVectors(places)),
        tapCount: places.length,
        list,
        filters: groupFilters,
        positionCount: positions.length,
        laneBytes: lanes * 4,
      }),
      call('fromWindowRows', {
        weights: after(context.gradient('weight'), first * geometry.filterBytes),
        ...windowRowsArguments(geometry, rows, packed),
      }),
    ]),
  ];
}

// With zeros after them.
function toWholeVectors(values: Int32Array): Int32Array {
  const whole = new Int32Array(Math.ceil(values.length / 4) * 4);
  whole.set(values);
  return whole;
}

// The channels of one group as images of the samples. Kernel rows that a unit holds are read as if they
// were channels, a row of the map apart.
function loadCalls(
  { groupChannels, window, lanes }: ConvGeometry,
  images: SampleImages,
  source: PaddedSource,
  firstChannel: number,
  x: Place,
): Call[] {
  const load = (place: Place, to: Place, channels: number, plane: number) =>
    call('toSamples', {
      images: to,
      sampleStride: images.sample,
      rowStride: images.row,
      columnStride: images.column,
      x: place,
      xPlane: plane,
      channels,
      rows: images.height,
      columns: images.width,
      laneBytes: lanes * 4,
    });
  const first = after(source.place, firstChannel * source.plane);
  if (images.unitRows === 1) return [load(first, x, groupChannels, source.plane)];
  const tapRow = window.dilation[0] * source.width * lanes * 4;
  return Array.from({ length: groupChannels }, (_, channel) =>
    load(
      after(first, channel * source.plane),
      after(x, channel * images.unitRows * 4),
      images.unitRows,
      tapRow,
    ),
  );
}

/** The gradient of the input. */
export function maximaInputGradientCalls(
  context: TrainingContext,
  geometry: ConvGeometry,
  pool: MaxPool2dLayer,
  index: Place,
  inputGradient: Place,
): Call[] {
  const { arena, outputGradient, parameter, tables } = context;
  const { groupFilters, groupChannels, window, inputSize, inputPlane, lanes } = geometry;
  const { padding, dilation } = window;
  const images = toSampleImages(geometry, 1);
  const rows = toWindowRows(geometry, 1);
  const { positions, places } = poolOffsets(geometry, pool, images);
  const [dX, list, packed] = arena.borrow(
    lanes * images.sample + rows.row,
    4 * places.length * (groupFilters + 1) * 8 + 8,
    groupFilters * rows.filter,
  );
  const pooledPlane = positions.length * lanes * 4;
  const inner = after(dX, padding[0] * images.row + padding[1] * images.column);
  return groupRanges(geometry).flatMap(({ first }, group) => [
    call('toWindowRows', {
      weights: after(parameter('weight'), first * geometry.filterBytes),
      ...windowRowsArguments(geometry, rows, packed),
    }),
    call('pooledInputGradient', {
      dX,
      sampleStride: images.sample,
      rowStride: dilation[0] * images.row,
      weights: packed,
      rows: rows.rows,
      rowBytes: rows.row,
      tile: rows.tile,
      dY: after(outputGradient, first * pooledPlane),
      yPlane: pooledPlane,
      index: after(index, (first * pooledPlane) / 2),
      positions: tables.place(positions),
      taps: tables.place(places),
      tapCount: places.length,
      list,
      filters: groupFilters,
      positionCount: positions.length,
      laneBytes: lanes * 4,
    }),
    call('fromSamples', {
      x: after(inputGradient, group * groupChannels * inputPlane),
      xPlane: inputPlane,
      images: inner,
      sampleStride: images.sample,
      rowStride: images.row,
      columnStride: images.column,
      channels: groupChannels,
      rows: inputSize[0],
      columns: inputSize[1],
      laneBytes: lanes * 4,
    }),
  ]);
}

// Arguments shared by the kernels that convert weights to window rows and back.
function windowRowsArguments(
  { groupFilters, groupChannels, window }: ConvGeometry,
  rows: WindowRows,
  windowRows: Place,
) {
  const [channelStride, rowStride, columnStride] = rows.strides;
  return {
    windowRows,
    filterStride: rows.filter,
    channelStride,
    rowStride,
    columnStride,
    filters: groupFilters,
    channels: groupChannels,
    rows: window.kernelSize[0],
    columns: window.kernelSize[1],
  };
}
