/**
 * The constants of the kernel `sigmoid`: bounds of x, −1 / log 2, 1.5 · 2²³ + 127, log 2 in two parts, and
 * 1/7!, 1/6!, … 1/1! (1/0! is the same).
 */
export const sigmoidConstants = Float32Array.of(
  87,
  -87,
  -1.4426950408889634,
  12583039,
  0.693359375,
  0.00021219444005469057,
  1.984126984126984e-4,
  1.388888888888889e-3,
  8.333333333333333e-3,
  4.1666666666666664e-2,
  0.16666666666666666,
  0.5,
  1,
);
