import { ConfigurationError } from '@convbook/core';

/**
 * Checks that a page can show a model's images, `[channels, height, width]`.
 *
 * @throws ConfigurationError when they are neither grey nor in colour.
 */
export function checkPictures(shape: readonly number[]): void {
  if (shape.length === 3 && (shape[0] === 1 || shape[0] === 3)) return;
  throw new ConfigurationError(
    `export: expected a model of grey or colour pictures for a page, got input [${shape.join(', ')}]; choose another format`,
  );
}
