import { ConfigurationError, formatShape, type Shape } from '@convbook/core';
import { toPair, type Pair } from './pair.ts';

/**
 * The rule where windows do not fill the input: `floor` drops rows or columns (Keras, PyTorch,
 * ONNX), `ceil` adds a window that hangs over, `exact` refuses.
 */
export type Rounding = 'floor' | 'ceil' | 'exact';

export interface WindowSpec {
  readonly stride?: Pair;
  readonly padding?: Pair;
  readonly dilation?: Pair;
  readonly rounding?: Rounding;
}

/** Filter or pooling window, each `[height, width]`. */
export interface WindowFacts {
  readonly kernelSize: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number];
  /** Distance of neighbouring taps. */
  readonly dilation: readonly [number, number];
  /** Rows and columns that no window reaches because the stride does not divide. */
  readonly dropped: readonly [number, number];
}

const roundings: readonly string[] = ['floor', 'ceil', 'exact'];

/**
 * Fills the defaults of a window's settings and applies the output-size formula
 * `(size + 2 · padding − window) / stride + 1` to both axes.
 *
 * @throws ConfigurationError when a setting is no whole number, the window does not fit, or
 * `exact` does not divide.
 */
export function toWindow(
  kernelSize: readonly [number, number],
  spec: WindowSpec,
  defaultStride: readonly [number, number],
  inputShape: Shape,
  where: string,
): { window: WindowFacts; outputSize: readonly [number, number] } {
  const stride = toPair(spec.stride ?? defaultStride, 1, `${where}.stride`);
  const padding = toPair(spec.padding ?? 0, 0, `${where}.padding`);
  const dilation = toPair(spec.dilation ?? 1, 1, `${where}.dilation`);
  const rounding = toRounding(spec.rounding, where);
  const [, ...sizes] = inputShape;
  const axisOf = (i: 0 | 1): Axis => ({
    size: sizes[i],
    window: (kernelSize[i] - 1) * dilation[i] + 1,
    stride: stride[i],
    padding: padding[i],
  });
  const [high, wide] = [axisOf(0), axisOf(1)];
  checkFit(high, wide, where);
  const rows = windowsOf(high, rounding, `${where}, rows`);
  const columns = windowsOf(wide, rounding, `${where}, columns`);
  const dropped = [rows.dropped, columns.dropped] as const;
  return {
    window: { kernelSize, stride, padding, dilation, dropped },
    outputSize: [rows.windows, columns.windows],
  };
}

function toRounding(rounding: Rounding = 'floor', where: string): Rounding {
  if (roundings.includes(rounding)) return rounding;
  throw new ConfigurationError(
    `${where}.rounding: expected one of ${roundings.join(', ')}, got ${JSON.stringify(rounding)}`,
  );
}

function checkFit(high: Axis, wide: Axis, where: string): void {
  const fits = ({ size, window, padding }: Axis) => window <= size + 2 * padding;
  if (fits(high) && fits(wide)) return;
  throw new ConfigurationError(
    `${where}: the window ${formatShape([high.window, wide.window])} does not fit its input, ` +
      `got ${formatShape([high.size, wide.size])} ` +
      `with padding ${formatShape([high.padding, wide.padding])}; ` +
      'take a smaller window or more padding',
  );
}

interface Axis {
  readonly size: number;
  readonly window: number;
  readonly stride: number;
  readonly padding: number;
}

// A window of `ceil` must begin within the input or its first padding, as in PyTorch.
function windowsOf(axis: Axis, rounding: Rounding, where: string) {
  if (rounding === 'exact') checkExact(axis, where);
  const { size, window, stride, padding } = axis;
  const room = size + 2 * padding - window;
  const dropped = room % stride;
  const windows = (room - dropped) / stride + 1;
  const isHanging = rounding === 'ceil' && dropped > 0 && windows * stride < size + padding;
  return isHanging ? { windows: windows + 1, dropped: 0 } : { windows, dropped };
}

function checkExact({ size, window, stride, padding }: Axis, where: string): void {
  const divides = (p: number, s: number) => {
    const room = size + 2 * p - window;
    return room >= 0 && room % s === 0;
  };
  if (divides(padding, stride)) return;
  const room = size + 2 * padding - window;
  const pads = [padding - 1, padding + 1, padding + 2].filter((p) => p >= 0 && divides(p, stride));
  const near = [stride - 2, stride - 1, stride + 1, stride + 2].filter(
    (s) => s >= 1 && divides(padding, s),
  );
  const strides = pads.length + near.length > 0 ? near : divisorsAround(stride, room);
  throw new ConfigurationError(
    `${where}: (${size} + 2·${padding} − ${window}) / ${stride} + 1 is expected to be whole, ` +
      `got ${room / stride + 1}; ` +
      [
        ...(pads.length > 0 ? [`padding ${pads.join(' or ')}`] : []),
        ...(strides.length > 0 ? [`stride ${strides.join(' or ')}`] : []),
      ].join(', ') +
      " divides, or take rounding 'floor'",
  );
}

/** The nearest divisors of `room` below and above a stride; 1 is always below one that does not divide. */
function divisorsAround(stride: number, room: number): number[] {
  const divisors = Array.from({ length: room }, (_, k) => k + 1).filter((s) => room % s === 0);
  const below = divisors.filter((s) => s < stride).slice(-1);
  return [...below, ...divisors.filter((s) => s > stride).slice(0, 1)];
}
