/** The value, or the end that it lies beyond. */
export function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
