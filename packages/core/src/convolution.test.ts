import { describe, expect, test } from 'vitest';
import { classicFilters } from './classic-filters.ts';
import { crossCorrelation, discreteConvolution, type Rows } from './convolution.ts';
import { ConfigurationError } from './errors.ts';

describe('by hand', () => {
  const x = [[1, 2, 3]];
  const h = [[0, 1, 0.5]];

  test('discrete convolution of signals: coefficients of a product of polynomials', () => {
    // (1 + 2z + 3z²)(z + z²/2)
    expect(discreteConvolution(x, h, [0, 2])).toEqual([[0, 1, 2.5, 4, 1.5]]);
    expect(discreteConvolution(x, h)).toEqual([[2.5]]);
  });

  test('cross-correlation of the same: the filter as it is', () => {
    expect(crossCorrelation(x, h, [0, 2])).toEqual([[0.5, 2, 3.5, 3, 0]]);
    expect(crossCorrelation(x, h)).toEqual([[3.5]]);
  });

  test('of an image: both axes are turned', () => {
    const image = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    const filter = [
      [1, 0],
      [0, 2],
    ];
    expect(crossCorrelation(image, filter)).toEqual([[11, 14]]);
    expect(discreteConvolution(image, filter)).toEqual([[7, 10]]);
  });

  test('the response to one bright pixel is the filter, convolved; turned, correlated', () => {
    const pixel = classicFilters.identity;
    const { sobelX } = classicFilters;
    expect(discreteConvolution(pixel, sobelX, [1, 1])).toEqual(sobelX);
    expect(crossCorrelation(pixel, sobelX, [1, 1])).toEqual(
      sobelX.map((row) => row.toReversed()).toReversed(),
    );
  });
});

describe('classic filters', () => {
  const filters: [string, Rows][] = Object.entries(classicFilters);
  const flat = Array.from({ length: 5 }, () => [7, 7, 7, 7, 7]);
  // Dark on the left, bright on the right; and the same lying.
  const wall = Array.from({ length: 3 }, () => [0, 0, 4, 4]);
  const floor = wall[0].map((_, row) => wall.map((line) => line[row]));

  test.each(filters)('%s leaves an even image as it is, or gives 0', (name, filter) => {
    const value = ['identity', 'sharpen'].includes(name) ? 7 : 0;
    const even = Array.from({ length: 3 }, () => [value, value, value]);
    expect(crossCorrelation(flat, filter).map((row) => row.map((pixel) => pixel + 0))).toEqual(
      even,
    );
  });

  test('Sobel answers to edges in its own direction only', () => {
    const { sobelX, sobelY, sobelYNegative } = classicFilters;
    expect(crossCorrelation(wall, sobelX)).toEqual([[16, 16]]);
    expect(crossCorrelation(wall, sobelY).flat().map(Math.abs)).toEqual([0, 0]);
    expect(crossCorrelation(floor, sobelY)).toEqual([[16], [16]]);
    expect(crossCorrelation(floor, sobelYNegative)).toEqual([[-16], [-16]]);
  });

  test('sharpen is the image less its edges', () => {
    const image = [
      [1, 2, 0],
      [3, 9, 1],
      [0, 5, 2],
    ];
    const [[edges]] = crossCorrelation(image, classicFilters.edges);
    expect(edges).toBe(2 + 3 + 1 + 5 - 4 * 9);
    expect(crossCorrelation(image, classicFilters.sharpen)).toEqual([[9 - edges]]);
  });
});

describe('what it refuses', () => {
  test('rows of several lengths', () => {
    expect(() => crossCorrelation([[1, 2], [3]], [[1]])).toThrow(
      new RangeError(
        'convolution: expected rows of 2 numbers, got one of 1; make all rows as long',
      ),
    );
  });

  test('a filter that does not fit', () => {
    expect(() => discreteConvolution([[1, 2]], [[1, 2, 3]])).toThrow(
      new ConfigurationError(
        'outputSize: expected a kernel of at most 2 (input 2 + 2 × padding 0), got 3; use a smaller kernel or more padding',
      ),
    );
  });
});
