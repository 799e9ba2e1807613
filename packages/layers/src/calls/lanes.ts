// Converts between the users' layout, `[sample][position]` (NCHW), and the kernels', `[position][lane]`.

/** `[sample][position]` → `[position][lane]`; lanes beyond the samples are zero. */
export function toLanes(
  values: Float32Array,
  samples: number,
  lanes: number,
  out: Float32Array,
): void {
  const positions = values.length / samples;
  out.fill(0, 0, positions * lanes);
  for (let n = 0; n < samples; n++)
    for (let p = 0; p < positions; p++) out[p * lanes + n] = values[n * positions + p];
}

/** `[position][lane]` → `[sample][position]`. */
export function fromLanes(
  values: Float32Array,
  samples: number,
  lanes: number,
): Float32Array<ArrayBuffer> {
  const positions = values.length / lanes;
  const out = new Float32Array(samples * positions);
  for (let n = 0; n < samples; n++)
    for (let p = 0; p < positions; p++) out[n * positions + p] = values[p * lanes + n];
  return out;
}
