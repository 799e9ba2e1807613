import type { Rows } from './convolution.ts';

/** The 3×3 filters that image processing texts show first, as a layer uses them: not turned round. */
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
  /** The Laplacian of four neighbours. */
  edges: [
    [0, 1, 0],
    [1, -4, 1],
    [0, 1, 0],
  ],
  /** The Laplacian of eight neighbours. */
  strongEdges: [
    [-1, -1, -1],
    [-1, 8, -1],
    [-1, -1, -1],
  ],
  /** The image minus its edges of four neighbours. */
  sharpen: [
    [0, -1, 0],
    [-1, 5, -1],
    [0, -1, 0],
  ],
} as const satisfies Record<string, Rows>;
