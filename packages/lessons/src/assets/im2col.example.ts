import { col2im, elementCount, im2col } from '@convbook/core';

const windows = { stride: [1, 1], padding: [0, 0] } as const;
for (const shape of [
  [1, 3, 7, 7],
  [10, 3, 7, 7],
]) {
  const images = { shape, data: new Float32Array(elementCount(shape)) };
  console.log(shape.join(' '), '→', im2col(images, [5, 5], windows).shape.join(' '));
}

// Each row times the filter is a number of the output.
const image = {
  shape: [1, 1, 4, 4],
  data: Float32Array.of(1, 2, 3, 0, 0, 1, 2, 3, 3, 0, 1, 2, 2, 3, 0, 1),
};
const filter = [2, 0, 1, 0, 1, 2, 1, 0, 2];
const { shape, data } = im2col(image, [3, 3], windows);
for (let row = 0; row < shape[0]; row++) {
  const window = data.subarray(row * shape[1], (row + 1) * shape[1]);
  console.log(
    [...window].join(' '),
    '→',
    filter.reduce((sum, w, k) => sum + w * window[k], 0),
  );
}

// Back again: how often the matrix has each pixel.
const ones = { shape, data: new Float32Array(elementCount(shape)).fill(1) };
console.log([...col2im(ones, image.shape, [3, 3], windows).data].join(' '));

// Prints:
//   1 3 7 7 → 9 75
//   10 3 7 7 → 90 75
//   1 2 3 0 1 2 3 0 1 → 15
//   2 3 0 1 2 3 0 1 2 → 16
//   0 1 2 3 0 1 2 3 0 → 6
//   1 2 3 0 1 2 3 0 1 → 15
//   1 2 2 1 2 4 4 2 2 4 4 2 1 2 2 1
