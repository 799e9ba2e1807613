/** The `most` largest of `count` things by `size`, ties to the first; their numbers in ascending order. */
export function largest(count: number, most: number, size: (k: number) => number): number[] {
  return Array.from({ length: count }, (_, k) => ({ k, size: size(k) }))
    .sort((a, b) => b.size - a.size || a.k - b.k)
    .slice(0, most)
    .map(({ k }) => k)
    .sort((a, b) => a - b);
}
