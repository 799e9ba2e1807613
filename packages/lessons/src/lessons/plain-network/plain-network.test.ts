import { loadMnist } from '@convbook/data';
import { describe, expect, test } from 'vitest';
import results from '../../assets/plain-network.json' with { type: 'json' };
import { digitBytes, readDigits } from '../../data/digits.ts';
import { bookCompute, playedText } from '../../testing/index.ts';
import { flattenFigure } from './flatten-figure.ts';
import { plainNetworkLesson } from './index.ts';
import { modelNames } from './models.ts';
import { inOrder, networkOf, predicted, probabilities, shuffledNetwork } from './networks.ts';
import { countCorrect, knownCorrect, shifted, shifts } from './shift.ts';
import { shiftFigure } from './shift-figure.ts';
import { sizesFigure } from './sizes-figure.ts';

const compute = await bookCompute(plainNetworkLesson);
const digits = readDigits(compute.data('hundred-digits'));
const images = Array.from(digits.labels, (_, k) => digitBytes(digits, k));

describe('the trained networks', () => {
  test.each(modelNames)('%s gets right what its script says', (name) => {
    const { images: bytes, labels, count } = loadMnist().test;
    const network = networkOf(compute, name);
    let correct = 0;
    for (let first = 0; first < count; first += 500) {
      const some = Array.from({ length: 500 }, (_, k) =>
        bytes.subarray((first + k) * 784, (first + k + 1) * 784),
      );
      const found = probabilities(network, some).map(predicted);
      correct += found.filter((digit, k) => digit === labels[first + k]).length;
    }
    expect({ correct, samples: count }).toEqual({
      correct: results[name].correct,
      samples: results[name].samples,
    });
  });
});

describe('an image as a row', () => {
  const press = (row: number, column: number) =>
    playedText(flattenFigure, compute, [{ part: 'pixel', row, column, by: 'press' }]);

  test('has the pixel below 28 places further', () => {
    const text = playedText(flattenFigure, compute);
    expect(text).toContain('9 × 28 + 14 = 266');
    expect(text).toContain('left and right are at 265, 267');
    expect(text).toContain('above and below at 238, 294');
  });

  test('has no neighbours beyond the border', () => {
    expect(press(0, 0)).toContain('left and right are at 1, those above and below at 28.');
    expect(press(27, 27)).toContain('left and right are at 782, those above and below at 755.');
  });

  test('is the same to a plain network in any order, and not to a convolutional one', () => {
    const plain = networkOf(compute, 'plain');
    const moved = images.map(inOrder);
    const before = probabilities(plain, images).map(predicted);
    expect(probabilities(shuffledNetwork(plain), moved).map(predicted)).toEqual(before);
    const lost = probabilities(networkOf(compute, 'convolutional'), moved).map(predicted);
    expect(lost.filter((digit, k) => digit === digits.labels[k]).length).toBeLessThan(30);
  });

  test('a pixel pressed in the shuffled image is the one that was moved there', () => {
    const text = playedText(flattenFigure, compute, [
      ['Pixels', 'shuffled'],
      { part: 'pixel', row: 3, column: 5, by: 'press' },
    ]);
    expect(text).toContain(`sends it to place ${3 * 28 + 5}.`);
  });
});

describe('a shift', () => {
  test('moves every pixel and loses what leaves', () => {
    const image = new Uint8Array(784);
    image[5 * 28 + 26] = 9;
    expect(shifted(image, { down: -4, right: 1 }).indexOf(9)).toBe(28 + 27);
    expect(shifted(image, { down: 0, right: 2 })).toEqual(new Uint8Array(784));
  });

  test('of two pixels or more costs the plain network more images, in any direction', () => {
    for (const shift of shifts) {
      if (Math.max(Math.abs(shift.down), Math.abs(shift.right)) < 2) continue;
      const [plain, convolutional] = modelNames.map((name) => countCorrect(compute, name, shift));
      expect(convolutional).toBeGreaterThan(plain);
    }
  });

  test('goes no further than four pixels, however it is asked for', () => {
    const drag = playedText(shiftFigure, compute, [
      { part: 'digit', row: 2, column: 2, by: 'press' },
      { part: 'digit', row: 27, column: 0, by: 'drag' },
    ]);
    expect(drag).toContain('moved 4 down:');
    const press = playedText(shiftFigure, compute, [
      { part: 'plain', row: 0, column: 8, by: 'press' },
    ]);
    expect(press).toContain('moved 4 up and 4 to the right:');
  });

  test('of nothing is said once', () => {
    const text = playedText(shiftFigure, compute, [['Back to the middle']]);
    expect(text).toContain('None of the hundred images moved: the plain network gets');
    expect(text).not.toContain('Unmoved');
  });

  test('is not counted before its turn', async () => {
    const fresh = await bookCompute(plainNetworkLesson);
    expect(knownCorrect(fresh, 'plain', { down: 1, right: 0 })).toBeNull();
    const text = playedText(shiftFigure, fresh, [['Down', 1]]);
    expect(text).toContain('the plain network gets … right');
  });
});

describe('parameters', () => {
  test('are those of text A', () => {
    const text = playedText(sizesFigure, compute);
    for (const count of ['725,400', '180,000', '90,000', '45,000', '15,000', '1,055,400']) {
      expect(text).toContain(count);
    }
    for (const count of ['320', '7,200', '21,600', '19,200', '16,000', '64,320']) {
      expect(text).toContain(count);
    }
    expect(text).toContain('64,320 / 1,055,400 = 6.1%');
  });

  test('with biases are those of the models', () => {
    const text = playedText(sizesFigure, compute, [['Count', 'all']]);
    expect(text).toContain('64,620 / 1,056,850 = 6.1%');
    expect(text).toContain('4 × 4 × 1 × 20 + 20');
  });

  test('grow with the image only in dense layers', () => {
    const text = playedText(sizesFigure, compute, [['Image', 6]]);
    expect(text).toContain('43524 × 600');
    expect(text).toContain('4 × 4 × 1 × 20 320');
  });
});
