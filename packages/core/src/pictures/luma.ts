/** Luma of a colour by ITU-R BT.601, rounded to a byte. */
export function luma(red: number, green: number, blue: number): number {
  return Math.round((299 * red + 587 * green + 114 * blue) / 1000);
}
