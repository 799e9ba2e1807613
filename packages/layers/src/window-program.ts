// Which source positions each output position needs, as a table the kernels walk (its layout is in
// packages/core/assembly/README.md). One builder serves convolution, its input gradient and pooling.

/** One axis of a window: how many outputs, which taps each has, and where they read. */
export type AxisTaps = readonly (readonly { readonly tap: number; readonly source: number }[])[];

/** Forward: output o reads source `o · stride − padding + tap · dilation`; taps outside are left out. */
export function forwardTaps(
  outputs: number,
  sources: number,
  kernelSize: number,
  stride: number,
  padding: number,
  dilation = 1,
): AxisTaps {
  return Array.from({ length: outputs }, (_, output) =>
    taps(kernelSize, (tap) => output * stride - padding + tap * dilation, sources),
  );
}

/** Input gradient: input i is read by output `(i + padding − tap · dilation) / stride` where that divides. */
export function gradientTaps(
  inputs: number,
  outputs: number,
  kernelSize: number,
  stride: number,
  padding: number,
  dilation = 1,
): AxisTaps {
  return Array.from({ length: inputs }, (_, input) =>
    taps(kernelSize, (tap) => (input + padding - tap * dilation) / stride, outputs),
  );
}

function taps(kernelSize: number, sourceOf: (tap: number) => number, sources: number) {
  const list = [];
  for (let tap = 0; tap < kernelSize; tap++) {
    const source = sourceOf(tap);
    if (Number.isInteger(source) && source >= 0 && source < sources) list.push({ tap, source });
  }
  return list;
}

/**
 * The program for output rows × columns.
 *
 * @param sourceWidth columns of a source row
 * @param kernelWidth columns of the kernel, to number the taps row by row
 * @param lanes samples a position holds, padded to whole vectors
 */
export function windowProgram(
  rows: AxisTaps,
  columns: AxisTaps,
  sourceWidth: number,
  kernelWidth: number,
  lanes: number,
): Int32Array {
  const positionBytes = lanes * 4;
  const runs = columnRuns(columns);
  const segments: number[][] = [];
  const tables = new Map<string, { words: number[]; index: number }>();
  let tableWords = 0;
  rows.forEach((row, r) => {
    for (const run of runs) {
      const column = columns[run.first];
      const rowSource = row[0]?.source ?? 0;
      const columnSource = column[0]?.source ?? 0;
      const words = row.flatMap((y) =>
        column.flatMap((x) => [
          ((y.source - rowSource) * sourceWidth + (x.source - columnSource)) * positionBytes,
          (y.tap * kernelWidth + x.tap) * 4,
        ]),
      );
      const key = words.join();
      let table = tables.get(key);
      if (!table) {
        table = { words, index: tableWords };
        tables.set(key, table);
        tableWords += words.length;
      }
      segments.push([
        (r * columns.length + run.first) * positionBytes,
        (rowSource * sourceWidth + columnSource) * positionBytes,
        (run.length * lanes) / 4,
        table.index,
        words.length / 2,
      ]);
    }
  });
  const header = 1 + segments.length * 5;
  const located = segments.map(([out, source, vectors, index, count]) => [
    ...[out, source, vectors, (header + index) * 4, count],
  ]);
  const tapWords = [...tables.values()].map((table) => table.words);
  return Int32Array.from([segments.length, ...located.flat(), ...tapWords.flat()]);
}

/** Neighbouring columns with the same taps, each one source further, are one run. */
export function columnRuns(columns: AxisTaps): { first: number; length: number }[] {
  const runs: { first: number; length: number }[] = [];
  columns.forEach((column, c) => {
    const before = c > 0 ? columns[c - 1] : [];
    const continues =
      column.length > 0 &&
      column.length === before.length &&
      column.every((x, i) => x.tap === before[i].tap && x.source === before[i].source + 1);
    const run = runs.at(-1);
    if (run && continues) run.length++;
    else runs.push({ first: c, length: 1 });
  });
  return runs;
}
