// The channel of a window that is shown: that of the current product, a chosen one, or the one
// whose products add most.
import type { PixelExplanation } from './explain-pixel.ts';
import type { PixelState } from './pixel-state.ts';

/** The share of a channel in the sum. */
export interface ChannelSum {
  /** Its place in the window, from 0, and among the channels of the input. */
  readonly place: number;
  readonly channel: number;
  /** Sum of its products. */
  readonly adds: number;
}

/** The share of each channel of the window. */
export function channelSums({ window, terms }: PixelExplanation): ChannelSum[] {
  const [channels, height, width] = window;
  const area = height * width;
  return Array.from({ length: channels }, (_, place) => {
    const own = terms.slice(place * area, (place + 1) * area);
    const adds = own.reduce((sum, { product }) => sum + product, 0);
    return { place, channel: own[0].channel, adds };
  });
}

/** The channel that is shown. */
export function shownChannel(
  explanation: PixelExplanation,
  { channel, walk }: Pick<PixelState, 'channel' | 'walk'>,
): ChannelSum {
  const sums = channelSums(explanation);
  const [, height, width] = explanation.window;
  if (walk.terms !== null) {
    return sums[Math.floor(Math.max(0, walk.terms - 1) / (height * width))];
  }
  const most = sums.reduce((best, one) => (Math.abs(one.adds) > Math.abs(best.adds) ? one : best));
  return sums.find((one) => one.channel === channel) ?? most;
}
