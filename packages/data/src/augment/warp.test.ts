import { describe, expect, test } from 'vitest';
import { createWarp, identityWarp, nodesOf, type Warp } from './warp.ts';

type Shape = readonly [number, number, number];

function warped(shape: Shape, image: readonly number[], changes: Partial<Warp>, isElastic = false) {
  const [, height, width] = shape;
  const to = new Uint8Array(image.length);
  const warp = { ...identityWarp([height, width]), ...changes };
  // After another image: `start` matters.
  const from = Uint8Array.from([...image.map(() => 255), ...image]);
  createWarp(shape, isElastic)(from, image.length, warp, to);
  return [...to];
}

// prettier-ignore
const image = [
  10, 20, 30,
  40, 50, 60,
];

describe('worked out by hand, outside an image is zero', () => {
  test.each<[string, Partial<Warp>, number[]]>([
    ['nothing changes', {}, image],
    ['one to the right', { columns: 1 }, [0, 10, 20, 0, 40, 50]],
    ['one up', { rows: -1 }, [40, 50, 60, 0, 0, 0]],
    ['half to the left: means of neighbours', { columns: -0.5 }, [15, 25, 15, 45, 55, 30]],
    ['half down', { rows: 0.5 }, [5, 10, 15, 25, 35, 45]],
    ['half both ways', { columns: 0.5, rows: 0.5 }, [3, 8, 13, 13, 30, 40]],
    ['half a turn', { cosine: -1 }, [60, 50, 40, 30, 20, 10]],
    ['out of sight', { columns: 9 }, [0, 0, 0, 0, 0, 0]],
    ['far out of sight', { rows: -1e9 }, [0, 0, 0, 0, 0, 0]],
    ['twice as large', { cosine: 0.5 }, [23, 28, 33, 38, 43, 48]],
  ])('%s', (_, changes, want) => {
    expect(warped([1, 2, 3], image, changes)).toEqual(want);
  });

  test('a quarter turn, clockwise', () => {
    const square = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    const turned = [7, 4, 1, 8, 5, 2, 9, 6, 3];
    expect(warped([1, 3, 3], square, { cosine: 0, sine: 1 })).toEqual(turned);
  });

  test('every channel alike', () => {
    const second = [60, 50, 40, 30, 20, 10];
    const want = [0, 10, 20, 0, 40, 50, 0, 60, 50, 0, 30, 20];
    expect(warped([2, 2, 3], [...image, ...second], { columns: 1 })).toEqual(want);
  });
});

describe('elastic', () => {
  test.each([
    [1, 2],
    [2, 2],
    [7, 2],
    [12, 3],
    [28, 5],
  ])('an axis of %d pixels has %d nodes', (size, nodes) => {
    expect(nodesOf(size)).toBe(nodes);
  });

  test('nodes at the ends of both axes; between them smooth', () => {
    // Half way between two nodes is half: (½)² · (3 − 2 · ½) = ½.
    const nodeColumns = Float64Array.of(0, 1, 0, 1);
    expect(warped([1, 2, 3], image, { nodeColumns }, true)).toEqual([10, 25, 0, 40, 55, 0]);
    const nodeRows = Float64Array.of(1, 1, -1, -1);
    expect(warped([1, 2, 3], image, { nodeRows }, true)).toEqual([40, 50, 60, 10, 20, 30]);
  });

  test('nodes at rest change nothing', () => {
    const bytes = Array.from({ length: 784 }, (_, p) => (p * 7) % 256);
    expect(warped([1, 28, 28], bytes, {}, true)).toEqual(bytes);
  });
});
