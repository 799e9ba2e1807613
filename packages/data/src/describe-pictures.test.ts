import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { describePictures, picturesOf } from './describe-pictures.ts';
import { loadIdxFolder } from './idx-folder.ts';
import { loadMnist } from './mnist.ts';
import { synthetic } from './synthetic.ts';

const mnist = loadMnist().train.images;
const count = 500;

/** Images made from MNIST's: the byte of each place, or of the ground outside. */
function made(side: number, byte: (x: number, y: number) => number | null, isPaper = false) {
  const images = new Uint8Array(new SharedArrayBuffer(count * side * side));
  images.forEach((_, at) => {
    const [index, place] = [Math.floor(at / side ** 2), at % side ** 2];
    const from = byte(place % side, Math.floor(place / side));
    const value = from === null ? 0 : mnist[index * 784 + from];
    images[at] = isPaper ? 255 - value : value;
  });
  const labels = new Uint8Array(new SharedArrayBuffer(count));
  const sampleShape: readonly [number, number, number] = [1, side, side];
  return { sampleShape, train: { images, labels, count } };
}

const padded = (x: number, y: number) =>
  x < 2 || y < 2 || x > 29 || y > 29 ? null : (y - 2) * 28 + x - 2;
const moved = (x: number, y: number) => (x < 3 ? null : y * 28 + x - 3);
const caseFolder = (name: string) =>
  loadIdxFolder(fileURLToPath(new URL(`../../../test/cases/${name}`, import.meta.url)));

const bright = { grey: 0, ink: 'bright' };
const dark = { grey: 255, ink: 'dark' };
describe('describePictures', () => {
  test.each([
    ['MNIST', loadMnist(), 'digit', { ...bright, inkSide: 20 }],
    ['MNIST on paper', made(28, (x, y) => y * 28 + x, true), 'digit', { ...dark, inkSide: 20 }],
    ['32 × 32 digits on paper', made(32, padded, true), 'digit', { ...dark, inkSide: 20 }],
    ['transposed digits', made(28, (x, y) => x * 28 + y), 'digit', { ...bright, inkSide: 20 }],
    ['digits off the centre', made(28, moved), 'whole', { ...bright, inkSide: 20 }],
    ['figures on paper', caseFolder('paper'), 'whole', { ...dark, inkSide: 24 }],
    ['squares whose size is the class', caseFolder('size'), 'whole', { ...bright, inkSide: 24 }],
    [
      'gratings',
      synthetic({ sampleShape: [1, 28, 28], classes: 4, trainSamples: 50 }),
      'whole',
      null,
    ],
    [
      'gratings of 3 channels',
      synthetic({ sampleShape: [3, 9, 9], classes: 4, trainSamples: 50 }),
      'whole',
      null,
    ],
  ] as const)('%s', (_, data, fit, ground) => {
    expect(describePictures(data)).toEqual({ fit, orientation: 'upright', ground });
  });
});

describe('picturesOf', () => {
  test('knows MNIST without looking', () => {
    expect(picturesOf(loadMnist())).toEqual(describePictures(loadMnist()));
  });

  test('looks at other images in its place', () => {
    const { sampleShape, train } = made(28, (x, y) => y * 28 + x, true);
    const { ground } = picturesOf({ ...loadMnist(), sampleShape, train });
    expect(ground).toEqual({ ...dark, inkSide: 20 });
  });

  test('believes a data set that says how its images were made', () => {
    const pictures = { fit: 'whole', orientation: 'upright', ground: null } as const;
    expect(picturesOf({ ...loadMnist(), pictures })).toBe(pictures);
  });
});
