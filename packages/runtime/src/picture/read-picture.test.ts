import type { PictureDescription } from '@convbook/core/pictures';
import { describe, expect, test } from 'vitest';
import { enlarged, greyPicture } from '../testing/pictures.ts';
import { invert, transpose, type Pixels } from './pixels.ts';
import { readDrawing, readPicture } from './read-picture.ts';

const shape = [1, 28, 28];
const orientation = 'upright';
const mnist: PictureDescription = {
  fit: 'digit',
  orientation,
  ground: { grey: 0, ink: 'bright', inkSide: 20 },
};
const paper: PictureDescription = {
  fit: 'digit',
  orientation,
  ground: { grey: 255, ink: 'dark', inkSide: 20 },
};
const whole: PictureDescription = { ...mnist, fit: 'whole' };
const photographs: PictureDescription = { fit: 'whole', orientation, ground: null };

/** A seven of bright ink on dark, its longer side 20 of 28. */
const seven = greyPicture(28, 28, (x, y) => {
  const isBar = y >= 7 && y < 10 && x >= 8 && x < 20;
  const isStroke = y >= 7 && y < 27 && Math.abs(x - 18 + (y - 7) / 3) < 1.6;
  return isBar || isStroke ? 255 : 0;
});
const onPaper = invert(seven);

function middleOf(bytes: Uint8Array | null) {
  let [sum, x, y] = [0, 0, 0];
  bytes?.forEach((value, place) => {
    sum += value;
    x += value * ((place % 28) + 0.5);
    y += value * (Math.floor(place / 28) + 0.5);
  });
  return [x / sum, y / sum];
}

function inkSideOf(bytes: Uint8Array | null) {
  const rows = Array.from({ length: 28 }, (_, y) => bytes?.subarray(y * 28, y * 28 + 28) ?? []);
  const used = rows.filter((row) => row.some((value) => value > 100)).length;
  const columns = rows.map((_, x) => rows.some((row) => row[x] > 100)).filter(Boolean).length;
  return Math.max(used, columns);
}

/** A picture placed on a larger one of this grey. */
function placed(
  { width: own, height: rows, data }: Pixels,
  [width, height]: readonly number[],
  [left, top]: readonly number[],
  grey: number,
) {
  return greyPicture(width, height, (x, y) => {
    const [fromX, fromY] = [x - left, y - top];
    const isInside = fromX >= 0 && fromY >= 0 && fromX < own && fromY < rows;
    return isInside ? data[fromY * own + fromX] : grey;
  });
}

describe('an image of the data set', () => {
  test.each([
    ['digits', seven, mnist],
    ['digits on paper', onPaper, paper],
    ['whole pictures', seven, whole],
    ['photographs', seven, photographs],
  ])('of %s is taken as it is, and multiples are reduced to it', (_, image, description) => {
    expect(readPicture(image, shape, description)).toEqual({
      bytes: image.data,
      steps: ['as it is'],
      doubts: [],
    });
    for (const times of [2, 3, 10]) {
      expect(readPicture(enlarged(image, times), shape, description)).toEqual({
        bytes: image.data,
        steps: ['reduced'],
        doubts: [],
      });
    }
  });

  test.each([
    ['dark ink', onPaper, mnist, seven, ['turned over', 'as it is']],
    ['bright ink', seven, paper, onPaper, ['turned over', 'as it is']],
    ['a multiple', enlarged(onPaper, 3), mnist, seven, ['turned over', 'reduced']],
    ['a whole picture', onPaper, whole, seven, ['turned over', 'as it is']],
  ])('%s the other way round is turned over', (_, picture, description, image, steps) => {
    expect(readPicture(picture, shape, description)).toEqual({
      bytes: image.data,
      steps,
      doubts: [],
    });
  });
});

test.each([2, 3, 4])('%i times a test image is never cropped, wherever its ink lies', (times) => {
  const image = placed(seven, [28, 28], [-6, 5], 0);
  expect(readPicture(enlarged(image, times), shape, mnist)).toEqual({
    bytes: image.data,
    steps: ['reduced'],
    doubts: [],
  });
});

describe('a picture with ink anywhere', () => {
  const large = enlarged(seven, 4);
  const corner = placed(large, [280, 280], [60, 60], 0);
  test.each([
    ['a corner of a canvas', placed(large, [280, 280], [5, 3], 0)],
    ['dark on bright', invert(placed(large, [280, 280], [150, 160], 0))],
    ['a wide picture', placed(large, [500, 130], [300, 9], 0)],
    [
      'grey paper without grain',
      greyPicture(280, 280, (x, y) => 170 - corner.data[y * 280 + x] / 2),
    ],
  ])('%s: 20 pixels on the longer side, its mass in the middle', (_, picture) => {
    const { bytes, steps } = readPicture(picture, shape, mnist);
    const [x, y] = middleOf(bytes);
    expect(Math.abs(x - 14)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(y - 14)).toBeLessThanOrEqual(0.5);
    expect(inkSideOf(bytes)).toBe(20);
    expect(steps.at(-1)).toBe('cut to the ink');
  });

  test('shifting it changes nothing', () => {
    const at = (place: readonly number[]) => placed(large, [280, 280], place, 0);
    const here = readDrawing(at([10, 20]), shape, mnist);
    expect(readDrawing(at([150, 130]), shape, mnist)).toEqual(here);
  });
});

describe('choices', () => {
  test('fit whole takes a digit as it lies, fit digit cuts one out of whole pictures', () => {
    const corner = placed(enlarged(seven, 4), [280, 280], [5, 3], 0);
    const { bytes, steps } = readPicture(corner, shape, mnist, { fit: 'whole' });
    expect(steps).toEqual(['reduced']);
    expect(middleOf(bytes)[0]).toBeLessThan(9);
    const cut = readPicture(corner, shape, whole, { fit: 'digit' });
    expect(cut).toEqual(readPicture(corner, shape, mnist));
  });

  test('invert turns over whatever the picture looks like; false leaves it', () => {
    expect(readPicture(seven, shape, photographs, { invert: true }).bytes).toEqual(onPaper.data);
    expect(readPicture(onPaper, shape, whole, { invert: false }).bytes).toEqual(onPaper.data);
    expect(readPicture(onPaper, shape, mnist, { invert: true })).toEqual({
      bytes: seven.data,
      steps: ['inverted', 'as it is'],
      doubts: [],
    });
  });

  test('transpose swaps rows and columns, once more than the description says', () => {
    const transposed: PictureDescription = { ...mnist, orientation: 'transposed' };
    const turned = transpose(seven);
    expect(readPicture(turned, shape, mnist, { transpose: true })).toEqual({
      bytes: seven.data,
      steps: ['transposed', 'as it is'],
      doubts: [],
    });
    expect(readPicture(turned, shape, transposed).bytes).toEqual(seven.data);
    expect(readPicture(seven, shape, transposed, { transpose: true }).bytes).toEqual(seven.data);
  });
});

describe('whole pictures', () => {
  const colours: Pixels = { width: 2, height: 1, channels: 3, data: [10, 20, 30, 90, 40, 250] };
  test('colours are planes, or grey for a model of one channel', () => {
    expect(readPicture(colours, [3, 1, 1], photographs).bytes).toEqual(Uint8Array.of(50, 30, 140));
    expect(readPicture(colours, [1, 2, 4], photographs).bytes).toEqual(
      Uint8Array.of(18, 18, 79, 79, 18, 18, 79, 79),
    );
  });

  test('one that cannot keep its proportions says so', () => {
    expect(
      readPicture(
        greyPicture(50, 30, (x) => 5 * x),
        shape,
        photographs,
      ).steps,
    ).toEqual(['stretched']);
    expect(
      readPicture(
        greyPicture(50, 50, (x) => 5 * x),
        shape,
        photographs,
      ).steps,
    ).toEqual(['scaled']);
  });

  test('another ground than that of the data is doubtful', () => {
    const lit = greyPicture(100, 100, (x, y) =>
      x > 40 && x < 60 && y > 20 && y < 80 ? 20 : 110 + x,
    );
    expect(readPicture(lit, shape, whole)).toMatchObject({
      steps: ['turned over', 'scaled'],
      doubts: ['other ground'],
    });
  });
});

describe('transparent pictures', () => {
  const withAlpha = (colour: number): Pixels => ({
    ...seven,
    channels: 2,
    data: Uint8Array.from({ length: 2 * 784 }, (_, at) =>
      at % 2 === 0 ? colour : seven.data[at >> 1],
    ),
  });
  test.each([0, 90, 255])('ink of one colour, %d, is its alpha', (colour) => {
    const steps = ['ink from alpha', 'as it is'];
    expect(readPicture(withAlpha(colour), shape, mnist)).toEqual({
      bytes: seven.data,
      steps,
      doubts: [],
    });
    expect(readPicture(withAlpha(colour), shape, paper)).toEqual({
      bytes: onPaper.data,
      steps,
      doubts: [],
    });
  });

  test('an opaque picture is read as one without alpha', () => {
    const opaque: Pixels = {
      ...seven,
      channels: 2,
      data: Uint8Array.from({ length: 1568 }, (_, at) => (at % 2 ? 255 : seven.data[at >> 1])),
    };
    expect(readPicture(opaque, shape, mnist).bytes).toEqual(seven.data);
  });

  test('several colours get the ground that they stand out from', () => {
    const data = [250, 255, 150, 255, 0, 0, 0, 0];
    expect(
      readPicture({ width: 2, height: 2, channels: 2, data }, [1, 2, 2], photographs).bytes,
    ).toEqual(Uint8Array.of(250, 150, 0, 0));
    const dark = [0, 255, 100, 255, 0, 0, 0, 0];
    expect(
      readPicture({ width: 2, height: 2, channels: 2, data: dark }, [1, 2, 2], photographs).bytes,
    ).toEqual(Uint8Array.of(0, 100, 255, 255));
  });
});

describe('a picture that shows nothing', () => {
  /** Noise of this size, the same each time. */
  const noise = (grey: number, size: number) => {
    let state = 1;
    return () => {
      state = (state * 48_271) % 2_147_483_647;
      return grey + size * (state / 1_073_741_824 - 1);
    };
  };
  test.each([
    ['black', 28, () => 0],
    ['white', 28, () => 255],
    ['grey', 28, () => 128],
    ['black', 280, () => 0],
    ['white', 200, () => 255],
    ['grey', 300, () => 90],
    ['noise', 28, noise(200, 20)],
    ['noise', 280, noise(128, 40)],
    ['noise on black', 100, noise(0, 20)],
    ['a lamp', 200, (x: number, y: number) => 120 + 0.4 * x + 0.1 * y],
    ['squared paper', 200, (x: number, y: number) => (x % 20 < 2 || y % 20 < 2 ? 150 : 230)],
  ])('%s of %d pixels is refused', (_, side, value) => {
    const picture = greyPicture(side, side, value);
    expect(readPicture(picture, shape, mnist).bytes).toBeNull();
    expect(readPicture(picture, shape, paper).bytes).toBeNull();
  });

  test('one grey all over is refused for any data set, transparent or not', () => {
    const clear: Pixels = { width: 9, height: 9, channels: 4, data: new Uint8Array(324) };
    for (const description of [mnist, whole, photographs]) {
      expect(
        readPicture(
          greyPicture(28, 28, () => 77),
          shape,
          description,
        ).bytes,
      ).toBeNull();
      expect(readPicture(clear, shape, description).bytes).toBeNull();
      expect(
        readDrawing(
          greyPicture(28, 28, () => 0),
          shape,
          description,
        ).bytes,
      ).toBeNull();
    }
  });
});
