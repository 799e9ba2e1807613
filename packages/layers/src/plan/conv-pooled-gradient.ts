// Weight gradient of a convolution behind which max pooling follows: only the windows' maxima have
// a gradient, and a kernel of its own visits just those.
import type { WindowFacts } from '../layer-kind.ts';
import type { ResolvedLayer } from '../model.ts';
import { groupsOf, type ConvGeometry } from './conv-geometry.ts';
import type { GroupContext } from './group-plan.ts';
import { after, call, type Call, type Place } from './place.ts';

/** Whether that kernel serves the convolution: it reads four neighbouring columns at once. */
export function visitsMaximaOnly({ window }: ConvGeometry): boolean {
  return window.dilation[1] === 1;
}

export function pooledWeightGradientCalls(
  context: GroupContext,
  geometry: ConvGeometry,
  pool: ResolvedLayer,
  index: Place,
): Call[] {
  const { arena, lanes, outputGradient, tables } = context;
  const { filters, channels, groupFilters, groupChannels, window, inputSize } = geometry;
  const { kernelSize, padding, dilation } = window;
  const [, ...pooledSize] = pool.outputShape;
  const pooled = pooledSize[0] * pooledSize[1];
  const height = inputSize[0] + 2 * padding[0];
  const width = inputSize[1] + 2 * padding[1];
  const [rowBytes, planeBytes] = [width * 4, height * width * 4];
  const sampleBytes = channels * planeBytes;
  const { positions, taps } = offsetTables(geometry, pool, width);
  const mark = arena.mark();
  // The kernel reads whole vectors and five rows: so far beyond the last image.
  const slack = 4 * dilation[0] * rowBytes + 16;
  const images = arena.take(lanes * sampleBytes + slack);
  const list = arena.take(lanes * pooled * 8 + 8);
  const unwantedBias = arena.take(filters * 4);
  arena.release(mark);
  const bias = geometry.hasBias ? context.gradient('bias') : unwantedBias;
  const isPadded = padding[0] > 0 || padding[1] > 0;
  const first = after(images, padding[0] * rowBytes + padding[1] * 4);
  const pooledPlane = pooled * lanes * 4;
  return [
    ...(isPadded ? [call('clear', images, lanes * sampleBytes)] : []),
    call(
      'toSamples',
      ...[first, sampleBytes, planeBytes, rowBytes, context.input],
      ...[channels, inputSize[0], inputSize[1], lanes * 4],
    ),
    ...groupsOf(geometry).map((group) => {
      const firstFilter = group * groupFilters;
      const pooledAt = firstFilter * pooledPlane;
      return call(
        'pooledWeightGradient',
        after(context.gradient('weight'), firstFilter * geometry.filterBytes),
        ...[after(bias, firstFilter * 4), after(outputGradient as Place, pooledAt), pooledPlane],
        ...[after(index, pooledAt / 2), after(images, group * groupChannels * planeBytes)],
        ...[sampleBytes, planeBytes, dilation[0] * rowBytes],
        ...[tables.place(positions), tables.place(taps), list, groupFilters, groupChannels],
        ...[kernelSize[0], kernelSize[1], pooled, lanes * 4],
      );
    }),
  ];
}

// Byte offsets in a sample's padded image: of each pooling window, and of each position in it.
function offsetTables({ window }: ConvGeometry, pool: ResolvedLayer, width: number) {
  const { stride } = window;
  const pooling = pool.window as WindowFacts;
  const [, height, pooledWidth] = pool.outputShape;
  const offsetOf = (row: number, column: number) =>
    (row * stride[0] * width + column * stride[1]) * 4;
  const grid = (rows: number, columns: number, offset: (r: number, c: number) => number) =>
    Int32Array.from({ length: rows * columns }, (_, i) =>
      offset(Math.floor(i / columns), i % columns),
    );
  return {
    positions: grid(height, pooledWidth, (row, column) =>
      offsetOf(
        row * pooling.stride[0] - pooling.padding[0],
        column * pooling.stride[1] - pooling.padding[1],
      ),
    ),
    taps: grid(pooling.kernelSize[0], pooling.kernelSize[1], offsetOf),
  };
}
