// conv2d with what follows it. Forward runs a block of filters at a time, so that a block's map is
// still in cache when it is pooled.
import type { WindowFacts } from '../layer-kind.ts';
import type { ResolvedLayer } from '../model.ts';
import { forwardTaps, gradientTaps, windowProgram } from '../window-program.ts';
import type { GroupContext, GroupPlan } from './group-plan.ts';
import { poolCalls } from './pool-group.ts';
import { after, call, type Call, type Place } from './place.ts';

const filterTile = 4;

export function planConvGroup(context: GroupContext): GroupPlan {
  const [conv, ...rest] = context.layers;
  const pool = rest.find((layer) => layer.spec.kind === 'maxPool2d');
  const hasRelu = rest.some((layer) => layer.spec.kind === 'relu');
  const geometry = toGeometry(conv, context);
  return pool
    ? planPooled(context, geometry, pool, hasRelu)
    : planPlain(context, geometry, hasRelu);
}

interface Geometry {
  filters: number;
  channels: number;
  taps: number;
  window: WindowFacts;
  inputSize: readonly number[];
  outputSize: readonly number[];
  /** Bytes of one channel's map. */
  inputPlane: number;
  outputPlane: number;
}

function toGeometry(conv: ResolvedLayer, { lanes }: GroupContext): Geometry {
  const [channels, ...inputSize] = conv.inputShape;
  const [filters, ...outputSize] = conv.outputShape;
  const window = conv.window as WindowFacts;
  return {
    ...{ filters, channels, window, inputSize, outputSize },
    taps: window.kernelSize[0] * window.kernelSize[1],
    inputPlane: inputSize[0] * inputSize[1] * lanes * 4,
    outputPlane: outputSize[0] * outputSize[1] * lanes * 4,
  };
}

function planPlain(context: GroupContext, geometry: Geometry, hasRelu: boolean): GroupPlan {
  const { output, outputGradient } = context;
  const { filters, outputPlane } = geometry;
  const forward = [convolveCall(context, geometry, output, 0, filters, hasRelu)];
  if (!outputGradient) return { forward, backward: [] };
  const vectors = (filters * outputPlane) / 16;
  return {
    forward,
    backward: [
      ...(hasRelu ? [call('reluGradient', outputGradient, outputGradient, output, vectors)] : []),
      ...weightGradientCalls(context, geometry, outputGradient),
      ...inputGradientCalls(context, geometry, outputGradient),
    ],
  };
}

function planPooled(
  context: GroupContext,
  geometry: Geometry,
  pool: ResolvedLayer,
  hasRelu: boolean,
): GroupPlan {
  const { arena, output, outputGradient, lanes } = context;
  const { filters, outputPlane } = geometry;
  const pooling = poolCalls(pool, context);
  const index = arena.take((pool.outputShape.reduce((a, b) => a * b) * lanes * 4) / 2);
  const mark = arena.mark();
  const map = arena.take(Math.min(filterTile, filters) * outputPlane);
  const forward: Call[] = [];
  for (let filter = 0; filter < filters; filter += filterTile) {
    // The last block overlaps the one before: it writes the same values again.
    const first = Math.max(0, Math.min(filter, filters - filterTile));
    const count = Math.min(filterTile, filters);
    const pooledAt = first * pooling.outputPlane;
    forward.push(
      convolveCall(context, geometry, map, first, count, false),
      pooling.forward(after(output, pooledAt), after(index, pooledAt / 2), map, count, hasRelu),
    );
  }
  arena.release(mark);
  if (!outputGradient) return { forward, backward: [] };
  const backward = pooledWeightGradientCalls(context, geometry, pool, index);
  if (context.inputGradient) {
    const gradient = arena.take(filters * outputPlane);
    backward.push(
      ...pooling.backward(gradient, outputGradient, index, filters),
      ...inputGradientCalls(context, geometry, gradient),
    );
  }
  arena.release(mark);
  return { forward, backward };
}

// Only the windows' maxima have a gradient: a kernel of its own visits just those.
function pooledWeightGradientCalls(
  { arena, input, lanes, outputGradient, tables, gradient }: GroupContext,
  { filters, channels, window, inputSize }: Geometry,
  pool: ResolvedLayer,
  index: Place,
): Call[] {
  const { kernelSize, stride, padding } = window;
  const pooling = pool.window as WindowFacts;
  const [, ...pooledSize] = pool.outputShape;
  const height = inputSize[0] + 2 * padding[0];
  const width = inputSize[1] + 2 * padding[1];
  const [rowBytes, planeBytes] = [width * 4, height * width * 4];
  const sampleBytes = channels * planeBytes;
  const offsetOf = (row: number, column: number) =>
    (row * stride[0] * width + column * stride[1]) * 4;
  const positions = Int32Array.from({ length: pooledSize[0] * pooledSize[1] }, (_, p) => {
    const [row, column] = [Math.floor(p / pooledSize[1]), p % pooledSize[1]];
    return offsetOf(
      row * pooling.stride[0] - pooling.padding[0],
      column * pooling.stride[1] - pooling.padding[1],
    );
  });
  const taps = Int32Array.from(
    { length: pooling.kernelSize[0] * pooling.kernelSize[1] },
    (_, tap) => offsetOf(Math.floor(tap / pooling.kernelSize[1]), tap % pooling.kernelSize[1]),
  );
  const mark = arena.mark();
  // The kernel reads whole vectors and five rows: up to four rows and floats beyond the last image.
  const images = arena.take(lanes * sampleBytes + 4 * rowBytes + 16);
  const list = arena.take(lanes * positions.length * 8 + 8);
  arena.release(mark);
  const isPadded = padding[0] > 0 || padding[1] > 0;
  const first = after(images, padding[0] * rowBytes + padding[1] * 4);
  return [
    ...(isPadded ? [call('clear', images, lanes * sampleBytes)] : []),
    call(
      'toSamples',
      ...[first, sampleBytes, planeBytes, rowBytes, input],
      ...[channels, inputSize[0], inputSize[1], lanes * 4],
    ),
    call(
      'pooledWeightGradient',
      ...[gradient('weight'), gradient('bias'), outputGradient as Place],
      ...[positions.length * lanes * 4, index, images, sampleBytes, planeBytes, rowBytes],
      ...[tables.place(positions), tables.place(taps), list, filters, channels],
      ...[kernelSize[0], kernelSize[1], positions.length, lanes * 4],
    ),
  ];
}

function convolveCall(
  context: GroupContext,
  { channels, taps, window, inputSize, outputSize, inputPlane, outputPlane }: Geometry,
  out: Place,
  firstFilter: number,
  filters: number,
  hasRelu: boolean,
): Call {
  const { kernelSize, stride, padding } = window;
  const axis = (i: 0 | 1) =>
    forwardTaps(outputSize[i], inputSize[i], kernelSize[i], stride[i], padding[i]);
  const program = windowProgram(axis(0), axis(1), inputSize[1], kernelSize[1], context.lanes);
  const filterBytes = channels * taps * 4;
  return call(
    'convolve',
    ...[out, outputPlane, context.input, inputPlane],
    ...[after(context.parameter('weight'), firstFilter * filterBytes), filterBytes, taps * 4],
    ...[after(context.parameter('bias'), firstFilter * 4), filters, channels],
    ...[context.tables.place(program), hasRelu ? 1 : 0],
  );
}

function inputGradientCalls(
  { lanes, inputGradient, parameter, tables }: GroupContext,
  { filters, channels, taps, window, inputSize, outputSize, inputPlane, outputPlane }: Geometry,
  gradient: Place,
): Call[] {
  if (!inputGradient) return [];
  const { kernelSize, stride, padding } = window;
  const axis = (i: 0 | 1) =>
    gradientTaps(inputSize[i], outputSize[i], kernelSize[i], stride[i], padding[i]);
  const program = windowProgram(axis(0), axis(1), outputSize[1], kernelSize[1], lanes);
  return [
    call(
      'convolve',
      ...[inputGradient, inputPlane, gradient, outputPlane],
      ...[parameter('weight'), taps * 4, channels * taps * 4, 0, channels, filters],
      ...[tables.place(program), 0],
    ),
  ];
}

// The kernel wants every tap to have every position: where the convolution pads, so does a copy.
function weightGradientCalls(
  context: GroupContext,
  { filters, channels, taps, window, inputSize, outputSize, inputPlane, outputPlane }: Geometry,
  gradient: Place,
): Call[] {
  const { arena, input, lanes, tables } = context;
  const { kernelSize, stride, padding } = window;
  const calls: Call[] = [];
  const mark = arena.mark();
  let source = { place: input, height: inputSize[0], width: inputSize[1], plane: inputPlane };
  if (padding[0] > 0 || padding[1] > 0) {
    const height = inputSize[0] + 2 * padding[0];
    const width = inputSize[1] + 2 * padding[1];
    const [position, plane] = [lanes * 4, height * width * lanes * 4];
    const place = arena.take(channels * plane);
    calls.push(
      call('clear', place, channels * plane),
      call(
        'copyPlanes',
        ...[after(place, (padding[0] * width + padding[1]) * position), plane, width * position],
        ...[input, inputPlane, inputSize[1] * position],
        ...[channels, inputSize[0], inputSize[1] * position],
      ),
    );
    source = { place, height, width, plane };
  }
  arena.release(mark);
  const first = (outputs: number, step: number) =>
    Array.from({ length: outputs }, (_, output) => [{ tap: 0, source: output * step }]);
  const program = windowProgram(
    ...[first(outputSize[0], stride[0]), first(outputSize[1], stride[1])],
    ...([source.width, kernelSize[1], lanes] as const),
  );
  const offsets = Int32Array.from({ length: channels * taps }, (_, j) => {
    const [channel, tap] = [Math.floor(j / taps), j % taps];
    const position = Math.floor(tap / kernelSize[1]) * source.width + (tap % kernelSize[1]);
    return channel * source.plane + position * lanes * 4;
  });
  calls.push(
    call(
      'convolveWeightGradient',
      ...[context.gradient('weight'), channels * taps * 4, gradient, outputPlane],
      ...[source.place, tables.place(offsets), filters, channels * taps, tables.place(program)],
    ),
    call(
      'biasGradient',
      context.gradient('bias'),
      gradient,
      outputPlane,
      filters,
      outputPlane / 16,
    ),
  );
  return calls;
}
