import { ConfigurationError } from './errors.ts';

/**
 * Positions of a window along one axis: ⌊(input + 2·padding − kernel) / stride⌋ + 1.
 *
 * Throws ConfigurationError where a size is not a positive integer, the padding is not an integer ≥
 * 0, or the window is larger than the padded input.
 */
export function outputSize(input: number, kernel: number, stride: number, padding: number): number {
  checkInteger('input', input, 1);
  checkInteger('kernel', kernel, 1);
  checkInteger('stride', stride, 1);
  checkInteger('padding', padding, 0);
  const padded = input + 2 * padding;
  if (kernel > padded) {
    throw new ConfigurationError(
      `outputSize: expected a kernel of at most ${padded} (input ${input} + 2 × padding ${padding}), got ${kernel}; use a smaller kernel or more padding`,
    );
  }
  return Math.floor((padded - kernel) / stride) + 1;
}

function checkInteger(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new ConfigurationError(
    `outputSize: expected ${name} to be an integer of at least ${least}, got ${value}; give a whole number`,
  );
}
