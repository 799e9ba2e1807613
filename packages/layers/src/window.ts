import { ConfigurationError, formatShape, outputSize } from '@convbook/core';
import type { Shape } from '@convbook/core';
import type { WindowFacts } from './layer-kind.ts';
import { toPair, type Pair } from './pair.ts';

/**
 * Fills the defaults of a window's settings and applies the output-size formula to both axes.
 *
 * @throws ConfigurationError when a setting is no whole number or the window does not fit.
 */
export function toWindow(
  kernelSize: readonly [number, number],
  settings: { readonly stride?: Pair; readonly padding?: Pair },
  defaultStride: readonly [number, number],
  inputShape: Shape,
  where: string,
): { window: WindowFacts; outputSize: readonly [number, number] } {
  const stride = toPair(settings.stride ?? defaultStride, 1, `${where}.stride`);
  const padding = toPair(settings.padding ?? 0, 0, `${where}.padding`);
  const [, height, width] = inputShape;
  const fits = kernelSize[0] <= height + 2 * padding[0] && kernelSize[1] <= width + 2 * padding[1];
  if (!fits) {
    throw new ConfigurationError(
      `${where}: the window ${formatShape(kernelSize)} does not fit its input, ` +
        `got ${formatShape([height, width])} with padding ${formatShape(padding)}; ` +
        'take a smaller window or more padding',
    );
  }
  return {
    window: { kernelSize, stride, padding },
    outputSize: [
      outputSize(height, kernelSize[0], stride[0], padding[0]),
      outputSize(width, kernelSize[1], stride[1], padding[1]),
    ],
  };
}
