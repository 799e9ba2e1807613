import { ConfigurationError } from '@convbook/core';
import { describe, expect, test } from 'vitest';
import { toWindow } from './window.ts';

describe('where `exact` does not divide, the error names what does', () => {
  test.each([
    [4, 3, 2, 1, 2.5, 'stride 1 or 3'],
    // Nothing near divides: the next strides that do.
    [7, 2, 4, 1, 2.75, 'stride 1 or 7'],
    [28, 3, 10, 0, 3.5, 'stride 5 or 25'],
    [4, 3, 5, 1, 1.6, 'padding 2, stride 3'],
    // Nothing above the stride divides.
    [3, 2, 4, 0, 1.25, 'stride 1'],
  ])(
    'size %i, window %i, stride %i, padding %i',
    (size, window, stride, padding, value, fitting) => {
      const spec = { stride, padding, rounding: 'exact' } as const;
      const resolve = () => toWindow([window, window], spec, [1, 1], [1, size, size], 'conv1');
      expect(resolve).toThrow(
        new ConfigurationError(
          `conv1, rows: (${size} + 2·${padding} − ${window}) / ${stride} + 1 is expected to be whole, ` +
            `got ${value}; ${fitting} divides, or take rounding 'floor'`,
        ),
      );
    },
  );
});
