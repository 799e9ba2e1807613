import { classicFilters, crossCorrelation } from '@convbook/core';

/** A bright square on the right of a dark ground. */
const picture = [
  [0, 0, 0, 0, 0],
  [0, 0, 9, 9, 9],
  [0, 0, 9, 9, 9],
  [0, 0, 9, 9, 9],
];
for (const [name, filter] of Object.entries(classicFilters)) {
  const map = crossCorrelation(picture, filter);
  console.log(
    name.padEnd(15),
    map.map((row) => row.map((value) => value + 0).join(' ')).join(' / '),
  );
}

// Prints:
//   identity        0 9 9 / 0 9 9
//   sobelX          27 27 0 / 36 36 0
//   sobelY          9 27 36 / 0 0 0
//   sobelYNegative  -9 -27 -36 / 0 0 0
//   diagonalEdges   9 9 0 / 0 0 0
//   edges           9 -18 -9 / 9 -9 0
//   strongEdges     -18 45 27 / -27 27 0
//   sharpen         -9 27 18 / -9 18 9
