import { describe, expect, test } from 'vitest';
import { datasetWarnings } from './dataset-warnings.ts';

const histogram = [5, 0, 1];
const part = (...perClass: number[]) => ({
  perClass,
  samples: perClass.reduce((a, b) => a + b, 0),
});

describe('datasetWarnings', () => {
  test('says nothing where every class has samples', () => {
    const [train, held] = [part(4, 2), part(1, 1)];
    const data = { classNames: ['a', 'b'], train, test: held, validation: held, histogram };
    expect(datasetWarnings(data)).toEqual([]);
  });

  test('names the classes that a set lacks', () => {
    const data = {
      classNames: ['a', 'b', 'c'],
      train: part(4, 0, 2),
      validation: part(1, 0, 0),
      test: part(0, 1, 1),
      histogram,
    };
    expect(datasetWarnings(data)).toEqual([
      'no training sample of class b: the model cannot learn it',
      'no held-out sample of class b, c: it is not watched',
      'no test sample of class a: it is not tested',
    ]);
  });

  test('names five of many', () => {
    const classNames = [...'abcdefghi'];
    const train = part(...classNames.map((_, k) => (k < 2 ? 1 : 0)));
    const whole = part(...classNames.map(() => 1));
    expect(datasetWarnings({ classNames, train, test: whole, histogram })).toEqual([
      'no training sample of class c, d, e, f, g and 2 more: the model cannot learn it',
    ]);
  });

  test('tells of a single class, and of bytes that were floats of 0 to 1', () => {
    const data = {
      classNames: ['a', 'b'],
      train: part(0, 3),
      test: part(1, 1),
      histogram: [5, 4, 0],
    };
    expect(datasetWarnings(data)).toEqual([
      'every training sample is of class b: there is nothing to tell apart',
      'every byte of the training images is 0 or 1: values of 0 to 1 are to be multiplied by 255',
    ]);
  });
});
