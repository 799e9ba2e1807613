import { ConfigurationError, formatShape, type Shape } from '@convbook/core';

/** @throws ConfigurationError when the shape is empty or an axis is not a positive integer. */
export function checkShape(shape: Shape, where: string): void {
  const good = shape.length > 0 && shape.every((size) => Number.isSafeInteger(size) && size > 0);
  if (good) return;
  throw new ConfigurationError(
    `${where}: expected positive integers such as [1, 28, 28], got [${formatShape(shape)}]`,
  );
}
