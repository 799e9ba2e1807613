/** Pearson's correlation; 0 where one of both is constant. */
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
  return size < 1e-300 ? 0 : both / size;
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k];
  return sum / values.length;
}
