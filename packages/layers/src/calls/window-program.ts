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

/** Input gradient: input i is read by output `(i + padding − tap · dilation) / stride` where that is whole. */
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
 * @param places place of each tap among the filter's weights; default its number
 */
export function windowProgram(
  rows: AxisTaps,
  columns: AxisTaps,
  sourceWidth: number,
  kernelWidth: number,
  lanes: number,
  places?: readonly number[],
): Int32Array {
  const placeOf = (tap: number) => (places ? places[tap] : tap);
  const positionBytes = lanes * 4;
  const runs = columnRuns(columns).map((run) => ({ ...run, key: shapeOf(columns[run.first]) }));
  const segments: number[][] = [];
  const tables = new Map<string, { words: number[]; index: number }>();
  // Keyed by the shapes of row and column: an image has many segments and few shapes.
  const known = new Map<string, { words: number[]; index: number }>();
  let tableWords = 0;
  const tableOf = (row: AxisTaps[number], column: AxisTaps[number]) => {
    const words = row.flatMap((y) =>
      column.flatMap((x) => [
        ((y.source - row[0].source) * sourceWidth + (x.source - column[0].source)) * positionBytes,
        placeOf(y.tap * kernelWidth + x.tap) * 4,
      ]),
    );
    const key = words.join();
    const table = tables.get(key) ?? { words, index: tableWords };
    if (!tables.has(key)) tableWords += words.length;
    tables.set(key, table);
    return table;
  };
  rows.forEach((row, r) => {
    const rowKey = shapeOf(row);
    for (const run of runs) {
      const column = columns[run.first];
      const key = `${rowKey} ${run.key}`;
      const table = known.get(key) ?? tableOf(row, column);
      known.set(key, table);
      segments.push([
        (r * columns.length + run.first) * positionBytes,
        ((row[0]?.source ?? 0) * sourceWidth + (column[0]?.source ?? 0)) * positionBytes,
        (run.length * lanes) / 4,
        table.index,
        table.words.length / 2,
      ]);
    }
  });
  const header = 1 + segments.length * 5;
  const located = segments.map(([out, source, vectors, index, count]) => [
    out,
    source,
    vectors,
    (header + index) * 4,
    count,
  ]);
  const tapWords = [...tables.values()].map((table) => table.words);
  return Int32Array.from([segments.length, ...located.flat(), ...tapWords.flat()]);
}

// The taps of a position, and how far each reads from the first.
function shapeOf(axis: AxisTaps[number]): string {
  return axis.map(({ tap, source }) => `${tap}:${source - axis[0].source}`).join();
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
