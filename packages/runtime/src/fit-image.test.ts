import { describe, expect, test } from 'vitest';
import { centerDigit, fitImage } from './fit-image.ts';

/** A filled box of ink in a picture. */
function boxOf(width: number, height: number, [left, top, right, bottom]: readonly number[]) {
  return Uint8Array.from({ length: width * height }, (_, place) => {
    const [x, y] = [place % width, Math.floor(place / width)];
    return x >= left && x < right && y >= top && y < bottom ? 255 : 0;
  });
}

function middle(bytes: Uint8Array, side = 28) {
  let [sum, x, y] = [0, 0, 0];
  bytes.forEach((value, place) => {
    sum += value;
    x += value * ((place % side) + 0.5);
    y += value * (Math.floor(place / side) + 0.5);
  });
  return [x / sum, y / sum];
}

describe('centerDigit', () => {
  test.each([
    ['a corner', 280, 280, [0, 0, 40, 80]],
    ['a small box', 100, 60, [70, 30, 75, 40]],
    ['one larger than the target', 600, 300, [100, 10, 500, 290]],
  ])('%s: 20 pixels on the longer side, in the middle', (_, width, height, box) => {
    const bytes = centerDigit(boxOf(width, height, box), width, height) as Uint8Array;
    const [x, y] = middle(bytes);
    expect(Math.abs(x - 14)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(y - 14)).toBeLessThanOrEqual(0.5);
    const rows = Array.from({ length: 28 }, (_row, r) => bytes.subarray(r * 28, (r + 1) * 28));
    const inkRows = rows.filter((row) => row.some((value) => value > 127)).length;
    const inkColumns = rows[0].filter((_c, c) => rows.some((row) => row[c] > 127)).length;
    expect(Math.max(inkRows, inkColumns)).toBe(20);
  });

  test('shifting the drawing changes nothing', () => {
    const here = centerDigit(boxOf(280, 280, [10, 20, 60, 140]), 280, 280);
    const there = centerDigit(boxOf(280, 280, [200, 120, 250, 240]), 280, 280);
    expect(there).toEqual(here);
  });

  test('blank is refused', () => {
    expect(centerDigit(new Uint8Array(100), 10, 10)).toBeNull();
  });
});

describe('fitImage', () => {
  test('bright ink of the right size is taken as it is', () => {
    const data = boxOf(28, 28, [3, 3, 8, 20]);
    expect(fitImage({ width: 28, height: 28, channels: 1, data }, [1, 28, 28])).toEqual(data);
  });

  test('dark ink on paper gives the same as bright ink on dark', () => {
    const data = boxOf(90, 70, [10, 20, 30, 60]);
    const picture = { width: 90, height: 70, channels: 1 as const, data };
    const paper = { ...picture, data: data.map((value) => 255 - value) };
    expect(fitImage(paper, [1, 28, 28])).toEqual(fitImage(picture, [1, 28, 28]));
  });

  test('other inputs take the whole picture, colours as planes', () => {
    const data = [10, 20, 30, 30, 40, 50];
    expect(fitImage({ width: 2, height: 1, channels: 3, data }, [3, 1, 1])).toEqual(
      Uint8Array.of(20, 30, 40),
    );
    expect(fitImage({ width: 2, height: 1, channels: 3, data }, [1, 2, 4])).toEqual(
      Uint8Array.of(18, 18, 38, 38, 18, 18, 38, 38),
    );
  });
});
