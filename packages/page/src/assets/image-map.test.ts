import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'image-map.css'), 'utf8');
const colours = [...css.matchAll(/\.c\d \{\s*--color: light-dark\((#\w{6}), (#\w{6})\)/g)];
const papers = ['#fffefb', '#15171a'];

/** Linear red, green and blue. */
const linear = (hex: string) =>
  [1, 3, 5].map((at) => {
    const share = parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, k) => sum + value * b[k], 0);
const luminance = (hex: string) => dot(linear(hex), [0.2126, 0.7152, 0.0722]);

// Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision deficiency", 2009.
const sights = {
  'full colour vision': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

/** Ottosson, "A perceptual color space for image processing", 2020. */
function oklab(rgb: readonly number[]): number[] {
  const lms = [
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
  ].map((row) => Math.cbrt(dot(row, rgb)));
  return [
    [0.2104542553, 0.793617785, -0.0040720468],
    [1.9779984951, -2.428592205, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.808675766],
  ].map((row) => dot(row, lms));
}

describe.each([0, 1])('the colours of classes in theme %i', (theme) => {
  const own = colours.map((match) => match[theme + 1]);

  test('there are ten, and each has a contrast of 3 with the paper', () => {
    expect(own.length).toBe(10);
    const paper = luminance(papers[theme]);
    for (const colour of own) {
      const [high, low] = [luminance(colour), paper].sort((a, b) => b - a);
      expect((high + 0.05) / (low + 0.05), colour).toBeGreaterThan(3);
    }
  });

  test.each(Object.entries(sights))('any two are told apart with %s', (_, sight) => {
    const seen = own.map((colour) => {
      const rgb = sight.map((row) => Math.min(1, Math.max(0, dot(row, linear(colour)))));
      return oklab(rgb);
    });
    seen.forEach((one, k) =>
      seen.slice(0, k).forEach((other, j) => {
        expect(Math.hypot(...one.map((v, at) => v - other[at])), `${j} and ${k}`).toBeGreaterThan(
          0.09,
        );
      }),
    );
  });
});
