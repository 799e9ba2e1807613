import { describe, expect, test } from 'vitest';
import { changePhoto, type PhotoChange } from './change-photo.ts';

const nothing: PhotoChange = {
  isMirrored: false,
  columns: 0,
  rows: 0,
  brightness: 1,
  contrast: 1,
  saturation: 1,
  erased: { top: 0, left: 0, height: 0, width: 0 },
};

type Shape = readonly [number, number, number];

function changed(shape: Shape, image: readonly number[], changes: Partial<PhotoChange>) {
  const to = new Uint8Array(image.length).fill(77);
  // After another image: `start` matters.
  const from = Uint8Array.from([...image.map(() => 255), ...image]);
  changePhoto(shape, from, image.length, { ...nothing, ...changes }, to);
  return [...to];
}

// prettier-ignore
const image = [
  10, 20, 30,
  40, 50, 60,
];

describe('worked out by hand, outside an image is zero', () => {
  test.each<[string, Partial<PhotoChange>, number[]]>([
    ['nothing changes', {}, image],
    ['mirrored', { isMirrored: true }, [30, 20, 10, 60, 50, 40]],
    ['one to the right', { columns: 1 }, [0, 10, 20, 0, 40, 50]],
    ['mirrored, then one to the left', { isMirrored: true, columns: -1 }, [20, 10, 0, 50, 40, 0]],
    ['one up', { rows: -1 }, [40, 50, 60, 0, 0, 0]],
    ['one down and two left', { rows: 1, columns: -2 }, [0, 0, 0, 30, 0, 0]],
    ['out of sight', { rows: 2 }, [0, 0, 0, 0, 0, 0]],
    ['brighter: × 1.25, rounded half up', { brightness: 1.25 }, [13, 25, 38, 50, 63, 75]],
    ['more contrast about the mean of 35', { contrast: 2 }, [0, 5, 25, 45, 65, 85]],
    ['no contrast and half as bright', { contrast: 0, brightness: 0.5 }, Array(6).fill(18)],
    ['saturation is nothing to grey', { saturation: 0 }, image],
    ['erased', { erased: { top: 0, left: 1, height: 2, width: 2 } }, [10, 0, 0, 40, 0, 0]],
    [
      'erased last: what moves does not come back',
      { columns: 1, brightness: 2, erased: { top: 1, left: 0, height: 1, width: 2 } },
      [0, 20, 40, 0, 0, 100],
    ],
  ])('%s', (_, changes, want) => {
    expect(changed([1, 2, 3], image, changes)).toEqual(want);
  });

  // Two pixels: red, and dark grey. Grey of the first is 0.299 · 200 = 59.8.
  const [red, green, blue] = [
    [200, 20],
    [0, 20],
    [0, 20],
  ];
  test.each<[string, Partial<PhotoChange>, number[]]>([
    ['no saturation: grey', { saturation: 0 }, [60, 20, 60, 20, 60, 20]],
    ['half the saturation', { saturation: 0.5 }, [130, 20, 30, 20, 30, 20]],
    ['more ends at 0 and 255', { saturation: 1.5 }, [255, 20, 0, 20, 0, 20]],
    // The mean of all six values is 260 / 6.
    ['half the contrast', { contrast: 0.5 }, [122, 32, 22, 32, 22, 32]],
    ['mirrored in every channel', { isMirrored: true }, [20, 200, 20, 0, 20, 0]],
    [
      'erased in every channel',
      { erased: { top: 0, left: 0, height: 1, width: 1 } },
      [0, 20, 0, 20, 0, 20],
    ],
  ])('in colour: %s', (_, changes, want) => {
    expect(changed([3, 1, 2], [...red, ...green, ...blue], changes)).toEqual(want);
  });
});
