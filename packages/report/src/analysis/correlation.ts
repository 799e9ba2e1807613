/** Pearson's correlation; 0 where one of both is constant, or not finite. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [middleA, middleB] = [mean(a), mean(b)];
  let [both, ownA, ownB] = [0, 0, 0];
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [a[k] - middleA, b[k] - middleB];
    both += x * y;
    ownA += x * x;
    ownB += y * y;
  }
  const size = Math.sqrt(ownA * ownB);
  const value = both / size;
  return size < 1e-300 || !Number.isFinite(value) ? 0 : value;
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k];
  return sum / values.length;
}
