// Weights as the kernels of images read them: blocks of eight filters, `[channel][tap][filter]`.

/** The filters of a convolution, or the units of a dense layer, in groups. */
export interface Filters {
  readonly groups: number;
  /** Filters and channels of one group. */
  readonly filters: number;
  readonly channels: number;
  /** Taps that a filter has. */
  readonly taps: number;
  /** Numbers of the taps whose weights are kept. */
  readonly used: readonly number[];
  /** Whether the last block is filled up to eight filters; else four are enough where no more are left. */
  readonly hasWholeBlocks: boolean;
}

/** Filters of one group with those that fill up its last block. */
export function paddedFilters({
  filters,
  hasWholeBlocks,
}: Pick<Filters, 'filters' | 'hasWholeBlocks'>): number {
  const rest = filters % 8;
  return rest > 0 && rest <= 4 && !hasWholeBlocks ? filters - rest + 4 : Math.ceil(filters / 8) * 8;
}

/** Floats of one group's weights. */
export function groupFloats(filters: Filters): number {
  return paddedFilters(filters) * filters.channels * filters.used.length;
}

/** Fills `blocks` from weights `[filter][channel][tap]`, group after group. */
export function fillBlocks(blocks: Float32Array, weights: Float32Array, of: Filters): void {
  const { filters, channels, taps, used } = of;
  const padded = paddedFilters(of);
  const filterSize = channels * taps;
  let at = 0;
  for (let group = 0; group < of.groups; group++) {
    const start = group * filters * filterSize;
    for (let first = 0; first < padded; first += 8) {
      const width = Math.min(8, padded - first);
      const count = Math.min(8, filters - first);
      for (let k = 0; k < count; k++) {
        let to = at + k;
        const filter = start + (first + k) * filterSize;
        for (let c = 0; c < channels; c++) {
          for (const tap of used) {
            blocks[to] = weights[filter + c * taps + tap];
            to += width;
          }
        }
      }
      at += width * channels * used.length;
    }
  }
}
