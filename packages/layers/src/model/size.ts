import { ConfigurationError, elementCount } from '@convbook/core';
import { leavesOf, type ResolvedLayer, type ResolvedModel } from '../calls/resolved.ts';

const gibibyte = 1024 * 1024 * 1024;
/** The most that WebAssembly can address. */
const mostBytes = 4 * gibibyte;
/** A float32 of each of the four samples in a vector. */
const activationBytes = 16;
/** A float32, and its gradient. */
const parameterBytes = 8;
/** While a window is planned: an object for each of its places and each row or column where it may be. */
const tapBytes = 64;

/**
 * Refuses a model that could not even be planned: it needs this memory with any settings of training.
 *
 * @throws ConfigurationError naming the largest layer where that is more than 4 GiB.
 */
export function checkModelSize(model: ResolvedModel): void {
  const parts = [
    { name: 'the input', bytes: elementCount(model.input) * activationBytes },
    ...leavesOf(model.layers).map((layer) => ({ name: layer.name, bytes: leastBytes(layer) })),
  ];
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= mostBytes) return;
  const largest = parts.reduce((a, b) => (b.bytes > a.bytes ? b : a));
  throw new ConfigurationError(
    `model: expected at most 4 GiB for its parameters, their gradients and four samples, ` +
      `got ${gibibytes(total)}, of which ${gibibytes(largest.bytes)} in ${largest.name}; ` +
      'take fewer filters or units, or a smaller input',
  );
}

function leastBytes({ outputShape, parameters, window }: ResolvedLayer): number {
  const values = parameters.reduce((sum, { shape }) => sum + elementCount(shape), 0);
  const [, height = 1, width = 1] = outputShape;
  const taps = window ? height * window.kernelSize[0] + width * window.kernelSize[1] : 0;
  return elementCount(outputShape) * activationBytes + values * parameterBytes + taps * tapBytes;
}

function gibibytes(bytes: number): string {
  return `${Number((bytes / gibibyte).toPrecision(3))} GiB`;
}
