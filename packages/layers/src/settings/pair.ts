import { ConfigurationError } from '@convbook/core';

/** One number for both axes, or `[height, width]`. */
export type Pair = number | readonly [height: number, width: number];

/**
 * A pair as `[height, width]`.
 *
 * @throws ConfigurationError when a part is not an integer of at least `minimum`.
 */
export function toPair(value: Pair, minimum: number, where: string): readonly [number, number] {
  const [height, width] = typeof value === 'number' ? [value, value] : value;
  for (const part of [height, width]) checkInteger(part, minimum, where);
  return [height, width];
}

/** @throws ConfigurationError when `value` is not an integer of at least `minimum`. */
export function checkInteger(value: number, minimum: number, where: string): void {
  if (!Number.isSafeInteger(value) || value < minimum) {
    throw new ConfigurationError(
      `${where}: expected an integer of at least ${minimum}, got ${String(value)}`,
    );
  }
}
