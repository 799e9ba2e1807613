import { ConfigurationError, formatShape, type Shape } from '@convbook/core';
import { toPair, type Pair } from '../settings/pair.ts';
import { toWindow, type WindowFacts, type WindowSpec } from '../settings/window.ts';
import type { LayerFacts, ResolvedLayer } from '../calls/resolved.ts';

/** Settings every pooling window has. */
export interface PoolSpec extends Pick<WindowSpec, 'stride' | 'padding' | 'rounding'> {
  readonly size: Pair;
}

export const poolSettingTypes = {
  size: 'required pair',
  stride: 'pair',
  padding: 'pair',
  rounding: 'text',
} as const;

// The position of the largest value is kept in 16 bits.
const mostPositions = 16_383;

/**
 * Facts of a pooling layer: `[c, h, w]` → `[c, oh, ow]`; the stride is the window's size by default.
 *
 * @throws ConfigurationError when a setting or the input does not fit.
 */
export function toPoolFacts(
  kind: string,
  spec: PoolSpec,
  inputShape: Shape,
  where: string,
): LayerFacts<WindowFacts> {
  if (inputShape.length !== 3) {
    throw new ConfigurationError(
      `${where}: expected input [channels, height, width], got ${formatShape(inputShape)}; ` +
        `put ${kind} before flatten()`,
    );
  }
  const size = toPair(spec.size, 1, `${where}.size`);
  if (size[0] * size[1] > mostPositions) {
    throw new ConfigurationError(
      `${where}.size: expected a window of at most ${mostPositions} positions, ` +
        `got ${formatShape(size)}; pool twice`,
    );
  }
  const { window, outputSize } = toWindow(size, spec, size, inputShape, where);
  if (window.padding[0] * 2 > size[0] || window.padding[1] * 2 > size[1]) {
    throw new ConfigurationError(
      `${where}.padding: expected at most half the window ${formatShape(size)}, ` +
        `got ${formatShape(window.padding)}`,
    );
  }
  return {
    outputShape: [inputShape[0], ...outputSize],
    parameters: [],
    multiplyAdds: 0,
    filters: null,
    window,
    settings: window,
  };
}

/** A window as `core`'s pooling reference takes it. */
export function referenceWindow<Settings extends WindowFacts>({
  outputShape,
  settings,
}: ResolvedLayer<Settings>) {
  const [, height = 1, width = 1] = outputShape;
  return { ...settings, outputSize: [height, width] as const };
}
