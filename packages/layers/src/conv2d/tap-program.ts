import { forwardTaps, type AxisTaps } from '../calls/window-program.ts';
import type { ConvShape } from './geometry.ts';

/** For each tap the runs of positions that have it; the layout is in the kernel's file. */
export function tapProgram({ window, inputSize, outputSize, taps }: ConvShape): Int32Array {
  const { kernelSize, stride, padding, dilation } = window;
  const axis = (i: 0 | 1) =>
    forwardTaps(outputSize[i], inputSize[i], kernelSize[i], stride[i], padding[i], dilation[i]);
  const [rows, columns] = [axis(0), axis(1)];
  const runs = Array.from({ length: taps }, (_, t) => {
    const [row, column] = [Math.floor(t / kernelSize[1]), t % kernelSize[1]];
    return pairsOf(rows, row).flatMap((y) =>
      runsOf(pairsOf(columns, column)).map(({ output, source, length }) => [
        y.output * outputSize[1] + output,
        y.source * inputSize[1] + source,
        length,
      ]),
    );
  });
  const starts = runs.map((_, t) => taps * 2 + runs.slice(0, t).flat(2).length);
  const entries = runs.map((list, t) => [list.length, starts[t] * 4]);
  return Int32Array.from([...entries.flat(), ...runs.flat(2)]);
}

interface Pair {
  readonly output: number;
  readonly source: number;
}

// The outputs that have a tap, with what it reads.
function pairsOf(axis: AxisTaps, tap: number): Pair[] {
  return axis.flatMap((list, output) =>
    list.filter((entry) => entry.tap === tap).map(({ source }) => ({ output, source })),
  );
}

// Neighbours in both are one run.
function runsOf(pairs: readonly Pair[]): (Pair & { readonly length: number })[] {
  const runs: { output: number; source: number; length: number }[] = [];
  for (const { output, source } of pairs) {
    const last = runs.at(-1);
    if (last && output === last.output + last.length && source === last.source + last.length) {
      last.length++;
    } else runs.push({ output, source, length: 1 });
  }
  return runs;
}
