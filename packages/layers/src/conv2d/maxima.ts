// Gradients of a convolution behind which max pooling follows: only the windows' maxima have one,
// and kernels of their own visit just those, sample by sample.
import { groupsOf, type ConvGeometry } from './geometry.ts';
import type { GroupContext } from '../calls/contexts.ts';
import { padSource } from './pad-source.ts';
import { after, call, type Call, type Place } from '../calls/place.ts';
import {
  poolOffsets,
  runBytes,
  toSampleImages,
  toWindowRows,
  unitRowsOf,
} from './sample-images.ts';
import type { ResolvedLayer } from '../calls/resolved.ts';

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
  const { kernelSize, dilation } = window;
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
  const load = (place: Place, out: Place, channels: number, stride: number) =>
    call(
      'toSamples',
      ...[out, images.sample, images.row, images.column],
      ...[place, stride, channels, images.height, images.width, lanes * 4],
    );
  // Kernel rows that a unit holds are read as if they were channels, a row of the map apart.
  const loadUnits = (place: Place): Call[] =>
    images.unitRows === 1
      ? [load(place, x, groupChannels, source.plane)]
      : Array.from({ length: groupChannels }, (_, channel) =>
          load(
            after(place, channel * source.plane),
            after(x, channel * images.unitRows * 4),
            ...([images.unitRows, dilation[0] * source.width * lanes * 4] as const),
          ),
        );
  return [
    ...source.calls,
    ...groupsOf(geometry).flatMap((group) => {
      const firstFilter = group * groupFilters;
      const pooledAt = firstFilter * pooledPlane;
      return [
        ...loadUnits(after(source.place, group * groupChannels * source.plane)),
        call(
          'pooledWeightGradient',
          ...[packed, rows.rows, rows.row, rows.tile, after(bias, firstFilter * 4)],
          ...[after(outputGradient as Place, pooledAt), pooledPlane, after(index, pooledAt / 2)],
          ...[x, images.sample, dilation[0] * images.row],
          ...[tables.place(positions), tables.place(places), list],
          ...[groupFilters, positions.length, lanes * 4],
        ),
        call(
          'fromWindowRows',
          after(context.gradient('weight'), firstFilter * geometry.filterBytes),
          ...[packed, rows.filter, ...rows.strides],
          ...[groupFilters, groupChannels, ...kernelSize],
        ),
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
  const { kernelSize, padding, dilation } = window;
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
      call(
        'toWindowRows',
        ...[packed, rows.filter, ...rows.strides],
        after(parameter('weight'), firstFilter * filterBytes),
        ...[groupFilters, groupChannels, ...kernelSize],
      ),
      call(
        'pooledInputGradient',
        ...[dX, images.sample, dilation[0] * images.row],
        ...[packed, rows.rows, rows.row, rows.tile],
        ...[after(outputGradient as Place, pooledAt), pooledPlane, after(index, pooledAt / 2)],
        ...[tables.place(positions), tables.place(places), places.length, list],
        ...[groupFilters, positions.length, lanes * 4],
      ),
      call(
        'fromSamples',
        ...[after(inputGradient as Place, group * groupChannels * inputPlane), inputPlane],
        ...[inner, images.sample, images.row, images.column],
        ...[groupChannels, ...inputSize, lanes * 4],
      ),
    ];
  });
}
