import { forwardTaps, type AxisTaps } from '../calls/window-program.ts';
import type { ConvShape } from './geometry.ts';

/** The taps that some output has. */
export function usedTaps(shape: ConvShape): number[] {
  return Array.from({ length: shape.taps }, (_, tap) => tap).filter(
    (tap) => runsOfTap(shape, tap).length > 0,
  );
}

/**
 * The outputs that have a tap, and what it reads, as the segments of a window program (without taps).
 *
 * @param positionBytes bytes from a position to the next
 */
export function tapProgram(shape: ConvShape, tap: number, positionBytes: number): Int32Array {
  const runs = runsOfTap(shape, tap);
  const segments = runs.map(({ output, source, length }) => {
    const vectors = (length * positionBytes) / 16;
    return [output * positionBytes, source * positionBytes, vectors, 0, 0];
  });
  return Int32Array.from([runs.length, ...segments.flat()]);
}

function runsOfTap({ window, inputSize, outputSize }: ConvShape, tap: number): Run[] {
  const { kernelSize, stride, padding, dilation } = window;
  const axis = (i: 0 | 1) =>
    forwardTaps(outputSize[i], inputSize[i], kernelSize[i], stride[i], padding[i], dilation[i]);
  const [row, column] = [Math.floor(tap / kernelSize[1]), tap % kernelSize[1]];
  const runs = runsOf(pairsOf(axis(1), column));
  return pairsOf(axis(0), row).flatMap((y) =>
    runs.map(({ output, source, length }) => ({
      output: y.output * outputSize[1] + output,
      source: y.source * inputSize[1] + source,
      length,
    })),
  );
}

interface Pair {
  readonly output: number;
  readonly source: number;
}

interface Run extends Pair {
  readonly length: number;
}

// The outputs that have a tap, with what it reads.
function pairsOf(axis: AxisTaps, tap: number): Pair[] {
  return axis.flatMap((list, output) =>
    list.filter((entry) => entry.tap === tap).map(({ source }) => ({ output, source })),
  );
}

// Neighbours in both are one run.
function runsOf(pairs: readonly Pair[]): Run[] {
  const runs: { output: number; source: number; length: number }[] = [];
  for (const { output, source } of pairs) {
    const last = runs.at(-1);
    if (last && output === last.output + last.length && source === last.source + last.length) {
      last.length++;
    } else runs.push({ output, source, length: 1 });
  }
  return runs;
}
