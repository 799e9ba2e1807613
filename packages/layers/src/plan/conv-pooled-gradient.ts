// Gradients of a convolution followed by max pooling: only the windows' maxima have one, and kernels
// of their own visit just those, sample by sample.
import type { ResolvedLayer } from '../model.ts';
import { call, type Call } from './call.ts';
import { groupsOf, type ConvGeometry } from './conv-geometry.ts';
import type { GroupContext } from './group-plan.ts';
import { padSource } from './pad-source.ts';
import { after, type Place } from './place.ts';
import {
  poolOffsets,
  runBytes,
  toSampleImages,
  toWindowRows,
  unitRowsOf,
  type WindowRows,
} from './sample-images.ts';

/** Whether those kernels serve the convolution: a row of its window must be one run of floats. */
export function visitsMaximaOnly({ window }: ConvGeometry): boolean {
  return window.dilation[1] === 1;
}

/** Whether the input's gradient is less work that way than over every position of the map. */
export function scattersMaxima(geometry: ConvGeometry, pool: ResolvedLayer): boolean {
  const { groupChannels, window, outputSize } = geometry;
  const [, height = 1, width = 1] = pool.outputShape;
  const row = groupChannels * window.kernelSize[1];
  return height * width * runBytes(row) <= 2 * outputSize[0] * outputSize[1] * row;
}

export function pooledWeightGradientCalls(
  context: GroupContext,
  geometry: ConvGeometry,
  pool: ResolvedLayer,
  index: Place,
): Call[] {
  const { arena, lanes, outputGradient, tables } = context;
  const { filters, groupFilters, groupChannels, window } = geometry;
  const { dilation } = window;
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
  // Kernel rows that a unit holds are read as if they were channels, a row of the map apart.
  const loadUnits = (place: Place): Call[] =>
    images.unitRows === 1
      ? [load(place, x, groupChannels, source.plane)]
      : Array.from({ length: groupChannels }, (_, channel) =>
          load(
            after(place, channel * source.plane),
            after(x, channel * images.unitRows * 4),
            images.unitRows,
            dilation[0] * source.width * lanes * 4,
          ),
        );
  return [
    ...source.calls,
    ...groupsOf(geometry).flatMap((group) => {
      const firstFilter = group * groupFilters;
      const pooledAt = firstFilter * pooledPlane;
      return [
        ...loadUnits(after(source.place, group * groupChannels * source.plane)),
        call('pooledWeightGradient', {
          dWeights: packed,
          rows: rows.rows,
          rowBytes: rows.row,
          tile: rows.tile,
          dBias: after(bias, firstFilter * 4),
          dY: after(outputGradient as Place, pooledAt),
          yPlane: pooledPlane,
          index: after(index, pooledAt / 2),
          x,
          sampleStride: images.sample,
          rowStride: dilation[0] * images.row,
          positions: tables.place(positions),
          taps: tables.place(places),
          list,
          filters: groupFilters,
          positionCount: positions.length,
          laneBytes: lanes * 4,
        }),
        call('fromWindowRows', {
          weights: after(context.gradient('weight'), firstFilter * geometry.filterBytes),
          ...windowRowsArguments(geometry, rows, packed),
        }),
      ];
    }),
  ];
}

export function pooledInputGradientCalls(
  context: GroupContext,
  geometry: ConvGeometry,
  pool: ResolvedLayer,
  index: Place,
): Call[] {
  const { arena, lanes, inputGradient, outputGradient, parameter, tables } = context;
  const { groupFilters, groupChannels, window, inputSize, inputPlane, filterBytes } = geometry;
  const { padding, dilation } = window;
  const images = toSampleImages(geometry, 1);
  const rows = toWindowRows(geometry, 1);
  const { positions, places } = poolOffsets(geometry, pool, images);
  const mark = arena.mark();
  const dX = arena.take(lanes * images.sample + rows.row);
  const list = arena.take(places.length * (groupFilters + 1) * 8 + 8);
  const packed = arena.take(groupFilters * rows.filter);
  arena.release(mark);
  const pooledPlane = positions.length * lanes * 4;
  const inner = after(dX, padding[0] * images.row + padding[1] * images.column);
  return groupsOf(geometry).flatMap((group) => {
    const firstFilter = group * groupFilters;
    const pooledAt = firstFilter * pooledPlane;
    return [
      call('toWindowRows', {
        weights: after(parameter('weight'), firstFilter * filterBytes),
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
        dY: after(outputGradient as Place, pooledAt),
        yPlane: pooledPlane,
        index: after(index, pooledAt / 2),
        positions: tables.place(positions),
        taps: tables.place(places),
        tapCount: places.length,
        list,
        filters: groupFilters,
        positionCount: positions.length,
        laneBytes: lanes * 4,
      }),
      call('fromSamples', {
        x: after(inputGradient as Place, group * groupChannels * inputPlane),
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
    ];
  });
}

// What the kernels from weights to window rows and back share.
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
