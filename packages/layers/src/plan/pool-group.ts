// Max, min and average pooling share their geometry; they differ in what they keep for the gradient.
import type { WindowFacts } from '../layer-kind.ts';
import type { ResolvedLayer } from '../model.ts';
import { columnRuns, forwardTaps, windowProgram, type AxisTaps } from '../window-program.ts';
import { call, type Call } from './call.ts';
import type { GroupContext, GroupPlan } from './group-plan.ts';
import type { Place } from './place.ts';

/** The calls of a max pooling layer, for any number of channels at any place. */
export interface PoolCalls {
  /** Bytes of one channel's pooled map. */
  readonly outputPlane: number;
  forward(y: Place, index: Place, x: Place, channels: number, hasRelu: boolean): Call;
  backward(dX: Place, dY: Place, index: Place, channels: number): Call[];
}

type Tables = Pick<GroupContext, 'lanes' | 'tables'>;

interface Geometry {
  readonly channels: number;
  readonly inputPlane: number;
  readonly outputPlane: number;
  readonly rows: AxisTaps;
  readonly columns: AxisTaps;
  readonly program: Place;
  /** Whether windows share positions, so that gradients must be added. */
  readonly overlap: boolean;
  /** Whether every position is in exactly one window, so that dX needs no clearing. */
  readonly covers: boolean;
}

function toGeometry(pool: ResolvedLayer, { lanes, tables }: Tables): Geometry {
  const { kernelSize, stride, padding } = pool.window as WindowFacts;
  const [channels, height, width] = pool.inputShape;
  // Global pooling gives [channels]: its one window is the whole map.
  const [, outputHeight = 1, outputWidth = 1] = pool.outputShape;
  const rows = forwardTaps(outputHeight, height, kernelSize[0], stride[0], padding[0]);
  const columns = forwardTaps(outputWidth, width, kernelSize[1], stride[1], padding[1]);
  const overlap = stride[0] < kernelSize[0] || stride[1] < kernelSize[1];
  const fills = (taps: AxisTaps, size: number) =>
    new Set(taps.flatMap((list) => list.map(({ source }) => source))).size === size;
  return {
    channels,
    inputPlane: height * width * lanes * 4,
    outputPlane: outputHeight * outputWidth * lanes * 4,
    ...{ rows, columns, overlap },
    program: tables.place(windowProgram(rows, columns, width, kernelSize[1], lanes)),
    covers: !overlap && fills(rows, height) && fills(columns, width),
  };
}

function clearCalls({ covers, inputPlane }: Geometry, dX: Place, channels: number): Call[] {
  return covers ? [] : [call('clear', { at: dX, size: channels * inputPlane })];
}

export function poolCalls(pool: ResolvedLayer, tables: Tables): PoolCalls {
  const geometry = toGeometry(pool, tables);
  const { inputPlane, outputPlane, program, overlap } = geometry;
  return {
    outputPlane,
    forward: (y, index, x, channels, hasRelu) =>
      call('maxPool', {
        y,
        yPlane: outputPlane,
        index,
        x,
        xPlane: inputPlane,
        channels,
        program,
        relu: hasRelu ? 1 : 0,
      }),
    backward: (dX, dY, index, channels) => [
      ...clearCalls(geometry, dX, channels),
      call('maxPoolGradient', {
        dX,
        xPlane: inputPlane,
        dY,
        yPlane: outputPlane,
        index,
        channels,
        program,
        add: overlap ? 1 : 0,
      }),
    ],
  };
}

/** Max pooling, or min pooling, on its own. */
export function planPoolGroup(context: GroupContext): GroupPlan {
  const [pool] = context.layers;
  const { arena, input, output, outputGradient, inputGradient } = context;
  const { channels, inputPlane, outputPlane, program } = toGeometry(pool, context);
  const pooling = poolCalls(pool, context);
  const index = arena.take((channels * outputPlane) / 2);
  const forward =
    pool.spec.kind === 'minPool2d'
      ? call('minPool', {
          y: output,
          yPlane: outputPlane,
          index,
          x: input,
          xPlane: inputPlane,
          channels,
          program,
        })
      : pooling.forward(output, index, input, channels, false);
  const needsGradient = outputGradient !== null && inputGradient !== null;
  return {
    forward: [forward],
    backward: needsGradient ? pooling.backward(inputGradient, outputGradient, index, channels) : [],
  };
}

// What each segment of the program divides by, as the bits of float32.
function divisorTable(pool: ResolvedLayer, { rows, columns }: Geometry): Int32Array {
  const { kernelSize, stride, padding, countPadding } = pool.window as WindowFacts;
  const counts = (taps: AxisTaps, i: 0 | 1) => {
    const padded = pool.inputShape[i + 1] + 2 * padding[i];
    return taps.map((list, output) => {
      const first = output * stride[i];
      return countPadding ? Math.min(first + kernelSize[i], padded) - first : list.length;
    });
  };
  const [rowCounts, columnCounts] = [counts(rows, 0), counts(columns, 1)];
  const runs = columnRuns(columns);
  const divisors = rowCounts.flatMap((count) => runs.map((run) => count * columnCounts[run.first]));
  return new Int32Array(Float32Array.from(divisors).buffer);
}

/** Average pooling, of windows or of the whole map. */
export function planAvgPoolGroup(context: GroupContext): GroupPlan {
  const [pool] = context.layers;
  const { input, output, outputGradient, inputGradient, tables } = context;
  const geometry = toGeometry(pool, context);
  const { channels, inputPlane, outputPlane, program, overlap } = geometry;
  const divisors = tables.place(divisorTable(pool, geometry));
  const forward = [
    call('avgPool', {
      y: output,
      yPlane: outputPlane,
      x: input,
      xPlane: inputPlane,
      channels,
      program,
      divisors,
    }),
  ];
  if (!outputGradient || !inputGradient) return { forward, backward: [] };
  return {
    forward,
    backward: [
      ...clearCalls(geometry, inputGradient, channels),
      call('avgPoolGradient', {
        dX: inputGradient,
        xPlane: inputPlane,
        dY: outputGradient,
        yPlane: outputPlane,
        channels,
        program,
        divisors,
        add: overlap ? 1 : 0,
      }),
    ],
  };
}
