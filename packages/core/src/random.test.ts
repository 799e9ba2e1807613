import { describe, expect, test } from 'vitest';
import { ConfigurationError } from './errors.ts';
import { keyOf, normal, philox, Purpose, shuffle, uniform } from './random.ts';

const words = (text: string) => text.split(' ').map((word) => parseInt(word, 16));

describe('philox', () => {
  // Random123, tests/kat_vectors, the lines "philox4x32 10".
  test.each([
    [
      '00000000 00000000 00000000 00000000',
      '00000000 00000000',
      '6627e8d5 e169c58d bc57ac4c 9b00dbd8',
    ],
    [
      'ffffffff ffffffff ffffffff ffffffff',
      'ffffffff ffffffff',
      '408f276d 41c83b0e a20bc7c6 6d5451fd',
    ],
    [
      '243f6a88 85a308d3 13198a2e 03707344',
      'a4093822 299f31d0',
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    ],
  ])('counter %s, key %s gives %s', (counter, key, want) => {
    const out = new Uint32Array(4);
    const [c0, c1, c2, c3] = words(counter);
    const [k0, k1] = words(key);
    philox([c0, c1, c2, c3], [k0, k1], out);
    expect([...out]).toEqual(words(want));
  });
});

/** The definition, in exact integers. */
function philoxOfBigInts(counter: readonly number[], key: readonly number[]): number[] {
  const mask = 0xffffffffn;
  let [c0, c1, c2, c3] = counter.map(BigInt);
  let [k0, k1] = key.map(BigInt);
  for (let round = 0; round < 10; round++) {
    const first = 0xd2511f53n * c0;
    const second = 0xcd9e8d57n * c2;
    [c0, c1] = [(second >> 32n) ^ c1 ^ k0, second & mask];
    [c2, c3] = [(first >> 32n) ^ c3 ^ k1, first & mask];
    [k0, k1] = [(k0 + 0x9e3779b9n) & mask, (k1 + 0xbb67ae85n) & mask];
  }
  return [c0, c1, c2, c3].map(Number);
}

test('philox is exact for 500 chained counters', () => {
  const out = Uint32Array.of(1, 2, 3, 4);
  for (let step = 0; step < 500; step++) {
    const [c0, c1, c2, c3] = out;
    const want = philoxOfBigInts([c0, c1, c2, c3], [c1, step]);
    philox([c0, c1, c2, c3], [c1, step], out);
    expect(out.join()).toBe(want.join());
  }
});

describe('keyOf', () => {
  test.each([
    [0, [0, 0]],
    [1, [1, 0]],
    [0xffffffff, [0xffffffff, 0]],
    [0x100000000, [0, 1]],
    [Number.MAX_SAFE_INTEGER, [0xffffffff, 0x1fffff]],
  ])('seed %d', (seed, key) => expect(keyOf(seed)).toEqual(key));

  test.each([-1, 0.5, NaN, Infinity, Number.MAX_SAFE_INTEGER + 1])('refuses %d', (seed) => {
    expect(() => keyOf(seed)).toThrow(
      new ConfigurationError(
        `seed: expected an integer from 0 to 9007199254740991, got ${seed}; choose one in that range`,
      ),
    );
  });
});

function moments(values: Float64Array) {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const central = (power: number) =>
    values.reduce((sum, value) => sum + Math.pow(value - mean, power), 0) / count;
  const variance = central(2);
  return {
    mean,
    variance,
    skew: central(3) / variance ** 1.5,
    kurtosis: central(4) / variance ** 2,
  };
}

describe('uniform and normal', () => {
  const count = 100_000;

  test('normal has the moments of a normal distribution', () => {
    const { mean, variance, skew, kurtosis } = moments(
      normal(1, 'w', new Float64Array(count), 3, 0.5),
    );
    expect(Math.abs(mean - 3)).toBeLessThan(0.008);
    expect(Math.abs(variance / 0.25 - 1)).toBeLessThan(0.02);
    expect(Math.abs(skew)).toBeLessThan(0.04);
    expect(Math.abs(kurtosis - 3)).toBeLessThan(0.08);
  });

  test('uniform fills its range evenly (chi-square, 64 bins)', () => {
    const bins = new Float64Array(64);
    const values = uniform(1, 'w', new Float64Array(count), -1, 3);
    for (const value of values) bins[Math.floor((value + 1) * 16)]++;
    expect(values.every((value) => value >= -1 && value < 3)).toBe(true);
    const each = count / 64;
    const chiSquare = bins.reduce((sum, bin) => sum + (bin - each) ** 2 / each, 0);
    expect(chiSquare).toBeGreaterThan(30);
    expect(chiSquare).toBeLessThan(110);
  });

  test('neighbours, names and seeds are uncorrelated', () => {
    const base = normal(1, 'conv1.weight', new Float64Array(count));
    const correlation = (other: Float64Array) =>
      other.reduce((sum, value, index) => sum + value * base[index], 0) / other.length;
    expect(Math.abs(correlation(base.subarray(1)))).toBeLessThan(0.015);
    expect(Math.abs(correlation(normal(1, 'conv1.bias', new Float64Array(count))))).toBeLessThan(
      0.015,
    );
    expect(Math.abs(correlation(normal(2, 'conv1.weight', new Float64Array(count))))).toBeLessThan(
      0.015,
    );
  });

  test.each([0, 1, 2, 7, 100])(
    'the first %i of 1001 elements do not depend on the count',
    (first) => {
      for (const fill of [uniform, normal]) {
        const all = fill(9, 'dense1.weight', new Float32Array(1001));
        expect(fill(9, 'dense1.weight', new Float32Array(first))).toEqual(all.slice(0, first));
      }
    },
  );

  test.each([0, 2, 500, 1000])('a range from element %i is that part of the whole', (begin) => {
    const [name, count] = ['dense1.weight', 1001 - begin];
    const tail = (whole: Float32Array) => whole.slice(begin);
    const range = new Float32Array(count);
    expect(uniform(9, name, range, -1, 1, begin)).toEqual(
      tail(uniform(9, name, new Float32Array(1001), -1, 1)),
    );
    expect(normal(9, name, range, 0.5, 2, begin)).toEqual(
      tail(normal(9, name, new Float32Array(1001), 0.5, 2)),
    );
  });

  // An independent implementation (Python integers, mpmath) gives the same to within 4e-16.
  test('values are pinned', () => {
    expect([...uniform(42, 'conv1.weight', new Float64Array(3))]).toEqual([
      0.5876058479483259, 0.7961600039211338, 0.3968843416410476,
    ]);
    expect([...normal(42, 'conv1.weight', new Float64Array(3))]).toEqual([
      0.3806420145734602, -1.275407021772009, 0.5820527439070747,
    ]);
  });
});

describe('shuffle', () => {
  test.each([0, 1, 2, 3, 1000])('of %i is a permutation', (count) => {
    expect([...shuffle(5, 0, count)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: count }, (_, index) => index),
    );
  });

  test('differs by epoch and by seed, and repeats', () => {
    expect(shuffle(5, 1, 100)).toEqual(shuffle(5, 1, 100));
    expect(shuffle(5, 2, 100)).not.toEqual(shuffle(5, 1, 100));
    expect(shuffle(6, 1, 100)).not.toEqual(shuffle(5, 1, 100));
    expect(shuffle(5 + 0x100000000, 1, 100)).not.toEqual(shuffle(5, 1, 100));
  });

  test('every permutation of 4 is equally likely', () => {
    const seen = new Map<string, number>();
    for (let epoch = 0; epoch < 24_000; epoch++) {
      const key = shuffle(7, epoch, 4).join();
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    expect(seen.size).toBe(24);
    for (const times of seen.values()) expect(Math.abs(times - 1000)).toBeLessThan(150);
  });

  // As an independent implementation (Python integers) gives them.
  test('values are pinned', () => {
    expect([...shuffle(42, 1, 8)]).toEqual([4, 6, 7, 2, 1, 5, 3, 0]);
  });

  test('purposes are pinned', () => {
    expect(Purpose).toEqual({
      initialize: 1,
      shuffle: 2,
      dropout: 3,
      augment: 4,
      synthetic: 5,
      limit: 6,
      validation: 7,
      photo: 8,
    });
  });
});
