import { ConfigurationError } from '@convbook/core';
import { conv2d, resolveModel } from '@convbook/layers';
import { formatNumber } from '@convbook/page/markup';

/** One axis of a convolution. */
export interface Axis {
  /** Length of the input. */
  readonly size: number;
  readonly filter: number;
  readonly stride: number;
  readonly padding: number;
}

/** Strides from 1 and paddings that a figure offers. */
export const strides = [1, 2, 3, 4, 5];
export const paddings = [0, 1, 2, 3, 4, 5];

/** What the formula gives. */
export interface Size {
  /** Positions of the filter, rounded down. */
  readonly outputs: number;
  /** Rows at the end that no position reaches. */
  readonly dropped: number;
  /** Before rounding. */
  readonly value: number;
}

/** The layer's own answer, or what it says where it refuses. */
export function sizeOf(axis: Axis): Size | string {
  const answer = resolved(axis, 'floor');
  if (typeof answer === 'string') return answer;
  const [{ outputShape, window }] = answer.layers;
  const [outputs, dropped] = [outputShape[1], window?.dropped[0] ?? 0];
  return { outputs, dropped, value: outputs + dropped / axis.stride };
}

/** What the layer says with `rounding: 'exact'`, or null where the formula gives a whole number. */
export function exactError(axis: Axis): string | null {
  const answer = resolved(axis, 'exact');
  return typeof answer === 'string' ? answer : null;
}

/** `(4 + 2·1 − 3) / 2 + 1 = 2.5` */
export function formula({ size, filter, stride, padding }: Axis, value: number): string {
  return `(${size} + 2·${padding} − ${filter}) / ${stride} + 1 = ${formatNumber(value, 4)}`;
}

function resolved({ size, filter, stride, padding }: Axis, rounding: 'floor' | 'exact') {
  const layer = conv2d({ filters: 1, kernelSize: filter, stride, padding, rounding });
  try {
    return resolveModel({ input: [1, size, size], layers: [layer] });
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
}
