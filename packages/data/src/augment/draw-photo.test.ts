import { philox, Purpose } from '@convbook/core/random';
import { expect, test } from 'vitest';
import type { PhotoAugmentation } from './augmentation.ts';
import { createPhotoDraws } from './draw-photo.ts';

const all = { flip: 0.5, crop: 3, brightness: 0.2, contrast: 0.3, saturation: 0.4, erase: 0.5 };
const [height, width] = [10, 20];

/** The changes of images 0 to 999 in epoch 2. */
function drawMany(settings: PhotoAugmentation) {
  const draw = createPhotoDraws(settings, 1, [height, width]);
  return Array.from({ length: 1000 }, (_, index) => draw(2, index));
}

test('elements of (seed, epoch, index) are drawn as documented', () => {
  const element = (e: number) => {
    const words = new Uint32Array(4);
    philox([Math.floor(e / 4), 9, 4, Purpose.photo], [5, 0], words);
    return words[e % 4] / 2 ** 32;
  };
  const change = createPhotoDraws(all, 5, [height, width])(4, 9);
  const [tall, wide] = [Math.floor(6 * element(6)), Math.floor(11 * element(7))];
  expect(change).toEqual({
    isMirrored: element(0) < 0.5,
    columns: Math.floor(7 * element(1)) - 3,
    rows: Math.floor(7 * element(2)) - 3,
    brightness: 1 + 0.2 * (2 * element(3) - 1),
    contrast: 1 + 0.3 * (2 * element(4) - 1),
    saturation: 1 + 0.4 * (2 * element(5) - 1),
    erased: {
      height: tall,
      width: wide,
      top: Math.floor((height - tall + 1) * element(8)),
      left: Math.floor((width - wide + 1) * element(9)),
    },
  });
});

test('settings of zero change nothing', () => {
  for (const { erased, ...change } of drawMany({})) {
    expect(change).toEqual({
      isMirrored: false,
      columns: 0,
      rows: 0,
      brightness: 1,
      contrast: 1,
      saturation: 1,
    });
    expect([erased.height, erased.width]).toEqual([0, 0]);
  }
});

test('half are mirrored where flip is 0.5, all where it is 1', () => {
  const mirrored = (flip: number) => drawMany({ flip }).filter((c) => c.isMirrored).length;
  expect(mirrored(0.5)).toBeGreaterThan(450);
  expect(mirrored(0.5)).toBeLessThan(550);
  expect(mirrored(1)).toBe(1000);
});

test('a cut moves by every whole number up to the most, a rectangle lies inside', () => {
  const changes = drawMany(all);
  const places = new Set(changes.map(({ rows }) => rows));
  expect([...places].sort((a, b) => a - b)).toEqual([-3, -2, -1, 0, 1, 2, 3]);
  for (const { erased } of changes) {
    expect(erased.height).toBeLessThanOrEqual(5);
    expect(erased.top + erased.height).toBeLessThanOrEqual(height);
    expect(erased.left + erased.width).toBeLessThanOrEqual(width);
  }
  expect(Math.max(...changes.map(({ erased }) => erased.width))).toBe(10);
});
