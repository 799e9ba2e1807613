const quarters = Array.from({ length: 36 }, (_, i) => 1 + i / 4);
/** Round numbers of each power of ten, from few to many. */
const ladders = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9], quarters];
const fewest = 3;

/** Round numbers from `low` to `high`, both above zero, for a logarithmic axis: at least three if there are so many. */
export function logTicks(low: number, high: number): number[] {
  const ticks = ladders.map((ladder) => ticksOf(ladder, low, high));
  return ticks.find(({ length }) => length >= fewest) ?? ticks[ticks.length - 1];
}

function ticksOf(ladder: readonly number[], low: number, high: number): number[] {
  const exponents = [];
  const first = Math.floor(Math.log10(low));
  for (let exponent = first; 10 ** exponent <= high; exponent++) exponents.push(exponent);
  return exponents
    .flatMap((exponent) => ladder.map((step) => Number(`${step}e${exponent}`)))
    .filter((tick) => tick >= low && tick <= high);
}
