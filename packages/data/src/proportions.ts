/**
 * How many samples of each class make `total`, in the proportions of `counts`, rounded by largest
 * remainder: where there are enough, at least one of each class. Equal remainders go to the first.
 *
 * @param leavesOne Whether, where there are enough, one of each class is left, too.
 */
export function proportions(
  counts: readonly number[],
  total: number,
  leavesOne: boolean,
): number[] {
  const left = counts.map((count) => Math.max(0, count - 1));
  const most = leavesOne && sum(left) >= total ? left : counts;
  const one = most.map((count) => Math.min(1, count));
  const least = sum(one) <= total ? one : counts.map(() => 0);
  const all = sum(counts);
  const exact = counts.map((count) => (count * total) / all);
  const parts = exact.map((part, k) => Math.min(most[k], Math.max(least[k], Math.floor(part))));
  for (let missing = total - sum(parts); missing !== 0; missing -= Math.sign(missing)) {
    const step = Math.sign(missing);
    const canChange = (k: number) => (step > 0 ? parts[k] < most[k] : parts[k] > least[k]);
    const chosen = [...parts.keys()]
      .filter(canChange)
      .reduce((best, k) =>
        step * (exact[k] - parts[k] - exact[best] + parts[best]) > 0 ? k : best,
      );
    parts[chosen] += step;
  }
  return parts;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
