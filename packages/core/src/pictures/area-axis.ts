/** The share of each old place of a row or column that lies in each new one, in the order of the new ones. */
export interface AreaAxis {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly share: Float64Array;
  /** The share of each new place that the old ones cover: less than 1 in a bar. */
  readonly covered: Float64Array;
}

/** The axis for `length` new places, each `step` old ones long, from `start`; old places are 0 to below `oldLength`. */
export function areaAxis(oldLength: number, length: number, start: number, step: number): AreaAxis {
  const [from, to, share]: [number[], number[], number[]] = [[], [], []];
  const covered = new Float64Array(length);
  for (let place = 0; place < length; place++) {
    const begin = Math.max(0, start + place * step);
    const end = Math.min(oldLength, start + (place + 1) * step);
    for (let old = Math.floor(begin); old < end; old++) {
      const part = (Math.min(end, old + 1) - Math.max(begin, old)) / step;
      from.push(old);
      to.push(place);
      share.push(part);
      covered[place] += part;
    }
  }
  return {
    from: Uint32Array.from(from),
    to: Uint32Array.from(to),
    share: Float64Array.from(share),
    covered,
  };
}
