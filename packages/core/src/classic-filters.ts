import type { Rows } from './convolution.ts';

/** The filters of image processing that texts show first, 3×3, as a layer uses them: not turned. */
export const classicFilters = {
  identity: [
    [0, 0, 0],
    [0, 1, 0],
    [0, 0, 0],
  ],
  /** Bright to the right. */
  sobelX: [
    [-1, 0, 1],
    [-2, 0, 2],
    [-1, 0, 1],
  ],
  /** Bright below. */
  sobelY: [
    [-1, -2, -1],
    [0, 0, 0],
    [1, 2, 1],
  ],
  /** Bright above. */
  sobelYNegative: [
    [1, 2, 1],
    [0, 0, 0],
    [-1, -2, -1],
  ],
  /** Corners against corners. */
  diagonalEdges: [
    [1, 0, -1],
    [0, 0, 0],
    [-1, 0, 1],
  ],
  /** Laplace's, of four neighbours. */
  edges: [
    [0, 1, 0],
    [1, -4, 1],
    [0, 1, 0],
  ],
  /** Of eight neighbours. */
  strongEdges: [
    [-1, -1, -1],
    [-1, 8, -1],
    [-1, -1, -1],
  ],
  /** The image less its edges of four neighbours. */
  sharpen: [
    [0, -1, 0],
    [-1, 5, -1],
    [0, -1, 0],
  ],
} as const satisfies Record<string, Rows>;
