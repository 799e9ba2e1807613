// The part of the horizontal axis that is shown: plain arithmetic, on logarithms where the axis has such a scale.
import type { Domain } from './scale.ts';

/** Least part of the whole that can be shown. */
const leastShare = 1e-4;

/** An axis that can be shown in part. */
export interface ZoomAxis {
  kind: 'linear' | 'log';
  whole: Domain;
}

const toLine = ({ kind }: ZoomAxis) => (kind === 'log' ? Math.log : (value: number) => value);
const fromLine = ({ kind }: ZoomAxis) => (kind === 'log' ? Math.exp : (value: number) => value);

/** The part from `a` to `b`, in any order, within the whole; null for the whole, or for nothing. */
export function partOf(axis: ZoomAxis, a: number, b: number): Domain | null {
  const [line, back] = [toLine(axis), fromLine(axis)];
  const [least, most] = axis.whole.map(line);
  const [low, high] = [Math.min(a, b), Math.max(a, b)].map((value) =>
    Math.min(most, Math.max(least, line(value))),
  );
  const share = (high - low) / (most - least);
  if (share < leastShare || share > 1 - 1e-9) return null;
  return [back(low), back(high)];
}

/** Shows `times` as much, with the place `at` where it is; null for the whole. */
export function zoomAround(
  axis: ZoomAxis,
  shown: Domain,
  at: number,
  times: number,
): Domain | null {
  const [line, back] = [toLine(axis), fromLine(axis)];
  const [least, most] = axis.whole.map(line);
  const [low, high] = shown.map(line);
  const length = Math.max((high - low) * times, (most - least) * leastShare);
  if (length >= most - least) return null;
  const share = (line(at) - low) / (high - low);
  const start = line(at) - Math.min(1, Math.max(0, share)) * length;
  const kept = Math.min(most - length, Math.max(least, start));
  return [back(kept), back(kept + length)];
}

/** Shows as much, moved until the place `at` is in it. */
export function moveTo(axis: ZoomAxis, shown: Domain, at: number): Domain {
  const [line, back] = [toLine(axis), fromLine(axis)];
  const [low, high] = shown.map(line);
  const place = line(at);
  const by = place < low ? place - low : Math.max(0, place - high);
  return by === 0 ? shown : [back(low + by), back(high + by)];
}

/** Two places in the plot, as shares of its width. */
export type Places = readonly [number, number];

/** The part that is shown when the values at the places `from` have been drawn to the places `to`. */
export function pinch(axis: ZoomAxis, shown: Domain, from: Places, to: Places): Domain | null {
  const [line, back] = [toLine(axis), fromLine(axis)];
  const [low, high] = shown.map(line);
  const [a, b] = from.map((share) => low + share * (high - low));
  const distance = to[1] - to[0];
  if (Math.abs(distance) < leastPinch || Math.sign(distance) !== Math.sign(from[1] - from[0])) {
    return shown;
  }
  const length = (b - a) / distance;
  const start = a - to[0] * length;
  return partOf(axis, back(start), back(start + length));
}

/** Fingers that are nearer to each other, as a share of the plot, zoom no further. */
const leastPinch = 0.02;
