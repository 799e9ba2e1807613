import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '@convbook/core';
import { philox, Purpose } from '@convbook/core/random';
import { createAugment } from './augment.ts';
import type { Augmentation } from './augmentation.ts';
import { createDraws } from './draw-warp.ts';
import { identityWarp, nodesOf } from './warp.ts';

const all: Augmentation = { shift: 2, rotation: 10, scale: 0.1, elastic: 1.5 };
const none: Augmentation = { shift: 0, rotation: 0, scale: 0, elastic: 0 };
const shape = [1, 28, 28] as const;
// Three images of a thick grey cross, one column further each.
const images = Uint8Array.from({ length: 3 * 784 }, (_, at) => {
  const [row, column] = [Math.floor((at % 784) / 28), at % 28];
  const isOn = Math.abs(row - 14) < 3 || Math.abs(column - 12 - Math.floor(at / 784)) < 3;
  return isOn && row > 4 && row < 24 && column > 4 && column < 24 ? 200 : 0;
});

/** Augmented images 2 and 1 of an epoch, after others. */
function pick(settings: Augmentation, seed: number, epoch: number) {
  const augment = createAugment(settings, seed, shape);
  augment(images, 0, epoch + 1);
  return [2, 1].map((index) => [...augment(images, index, epoch)]);
}

test('settings of zero give the image, byte for byte', () => {
  expect(pick(none, 1, 1)).toEqual([2, 1].map((k) => [...images.subarray(k * 784, (k + 1) * 784)]));
});

describe('every setting varies an image', () => {
  test.each(Object.keys(all) as (keyof Augmentation)[])('%s', (setting) => {
    const settings = { ...none, [setting]: all[setting] };
    expect(pick(settings, 1, 1)).not.toEqual(pick(none, 1, 1));
  });
});

describe('every setting for photos varies an image, with and without a warp before it', () => {
  const photo: Partial<Augmentation> = {
    flip: 1,
    crop: 4,
    brightness: 0.5,
    contrast: 0.5,
    erase: 0.9,
  };
  test.each(Object.entries(photo))('%s', (setting, value) => {
    for (const warped of [none, all]) {
      expect(pick({ ...warped, [setting]: value }, 1, 1)).not.toEqual(pick(warped, 1, 1));
    }
  });

  test('nothing of an image stays but what seed, epoch and index decide', () => {
    const settings = { ...all, ...photo };
    const first = pick(settings, 1, 3);
    expect([...createAugment(settings, 1, shape)(images, 1, 3)]).toEqual(first[1]);
    expect(pick(settings, 2, 3)).not.toEqual(first);
    expect(pick(settings, 1, 4)).not.toEqual(first);
  });
});

test.each<[Partial<Augmentation>, string]>([
  [{ shift: -1 }, 'shift: expected a number of at least 0, got -1'],
  [{ flip: 1.5 }, 'flip: expected a number from 0 to 1, got 1.5'],
  [{ crop: 0.5 }, 'crop: expected a whole number of at least 0, got 0.5'],
  [{ brightness: NaN }, 'brightness: expected a number from 0 to 1, got NaN'],
  [{ contrast: -0.1 }, 'contrast: expected a number from 0 to 1, got -0.1'],
  [{ saturation: 2 }, 'saturation: expected a number from 0 to 1, got 2'],
  [{ erase: 1.1 }, 'erase: expected a number from 0 to 1, got 1.1'],
])('%o is refused', (settings, wrong) => {
  expect(() => createAugment({ ...none, ...settings }, 1, shape)).toThrow(
    new ConfigurationError(`createAugment ${wrong}`),
  );
});

test('an image depends on seed, epoch and index alone', () => {
  const first = pick(all, 1, 3);
  expect(pick(all, 1, 3)).toEqual(first);
  expect([...createAugment(all, 1, shape)(images, 1, 3)]).toEqual(first[1]);
  expect(pick(all, 2, 3)).not.toEqual(first);
  expect(pick(all, 1, 4)).not.toEqual(first);
});

test('elements of (seed, epoch, index) are drawn as documented, between minus and plus the most', () => {
  const warp = identityWarp([28, 28]);
  createDraws({ ...all, rotation: 0 }, 5, [28, 28])(4, 9, warp);
  const element = (e: number) => {
    const words = new Uint32Array(4);
    philox([Math.floor(e / 4), 9, 4, Purpose.augment], [5, 0], words);
    return words[e % 4] / 2 ** 31 - 1;
  };
  expect(warp.cosine).toBe(1 / (1 + 0.1 * element(1)));
  expect(Math.abs(warp.sine)).toBe(0);
  expect([warp.columns, warp.rows]).toEqual([2 * element(2), 2 * element(3)]);
  const nodes = Array.from({ length: nodesOf(28) ** 2 }, (_, node) => node);
  expect([...warp.nodeColumns]).toEqual(nodes.map((node) => 1.5 * element(4 + 2 * node)));
  expect([...warp.nodeRows]).toEqual(nodes.map((node) => 1.5 * element(5 + 2 * node)));
});

test('a rotation keeps its angle within the most, in degrees', () => {
  const draw = createDraws({ ...none, rotation: 30 }, 1, [28, 28]);
  const warp = identityWarp([28, 28]);
  const angles = Array.from({ length: 200 }, (_, index) => {
    draw(1, index, warp);
    return (Math.atan2(warp.sine, warp.cosine) * 180) / Math.PI;
  });
  expect(Math.max(...angles)).toBeLessThan(30);
  expect(Math.max(...angles)).toBeGreaterThan(25);
  expect(Math.min(...angles)).toBeLessThan(-25);
});
