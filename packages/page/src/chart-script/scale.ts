/** The ends of what an axis shows. */
export type Domain = readonly [low: number, high: number];

/** From values to pixels and back. */
export interface Scale {
  toPixel(value: number): number;
  toValue(pixel: number): number;
}

/** A scale over numbers, whose ends lie at the ends of `range`. */
export function numberScale(kind: 'linear' | 'log', domain: Domain, range: Domain): Scale {
  const [apply, invert] =
    kind === 'log' ? [Math.log, Math.exp] : [(value: number) => value, (value: number) => value];
  const [low, high] = domain.map(apply);
  const [from, to] = range;
  const length = high - low || 1;
  return {
    toPixel: (value) => from + ((apply(value) - low) / length) * (to - from),
    toValue: (pixel) => invert(low + ((pixel - from) / (to - from)) * length),
  };
}

/** Rows from the top, each with its height; as Vega's band scale. */
export function bandScale(
  values: readonly number[],
  height: number,
  { inner, outer }: { inner: number; outer: number },
): Scale & { readonly bandwidth: number } {
  const step = height / Math.max(1, values.length - inner + 2 * outer);
  const bandwidth = step * (1 - inner);
  const rows = [...values].sort((a, b) => a - b);
  return {
    bandwidth,
    toPixel: (value) => step * (outer + rows.indexOf(value)) + bandwidth / 2,
    toValue: (pixel) => {
      const row = Math.floor((pixel - step * outer + (step - bandwidth) / 2) / step);
      return rows[Math.min(rows.length - 1, Math.max(0, row))];
    },
  };
}
