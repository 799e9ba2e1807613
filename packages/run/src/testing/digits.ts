// Small pictures that look a little like handwritten digits: seven segments, slanted and blurred.
import { lowest, uniform } from '@convbook/core';

/** Ends of the segments a…g as [x0, y0, x1, y1] in a box 1 wide and 2 high. */
const segments = [
  [0, 0, 1, 0],
  [1, 0, 1, 1],
  [1, 1, 1, 2],
  [0, 2, 1, 2],
  [0, 1, 0, 2],
  [0, 0, 0, 1],
  [0, 1, 1, 1],
];

/** Segments of each digit. */
const digits = [
  'abcdef',
  'bc',
  'abged',
  'abgcd',
  'fgbc',
  'afgcd',
  'afgedc',
  'abc',
  'abcdefg',
  'abcdfg',
];

/** One picture of a class, `[height, width]` bytes; `variant` chooses slant, place and thickness. */
export function drawDigit(kind: number, variant: number, height = 28, width = 28): Uint8Array {
  const [slant, left, top, thickness] = uniform(7, `digit ${kind} ${variant}`, new Float64Array(4));
  const scale = height * 0.32;
  const lines = [...digits[kind % 10]].map((letter) => {
    const [x0, y0, x1, y1] = segments[letter.charCodeAt(0) - 97];
    const place = (x: number, y: number) => [
      width * (0.33 + 0.06 * left) + scale * x + (1 - y) * scale * 0.3 * slant,
      height * (0.15 + 0.06 * top) + scale * y,
    ];
    return [...place(x0, y0), ...place(x1, y1)];
  });
  return Uint8Array.from({ length: height * width }, (_, pixel) => {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const distance = lowest(lines.map((line) => distanceTo(line, x, y)));
    const ink = 1 - (distance - 0.6 - thickness) / 1.2;
    return Math.round(255 * Math.max(0, Math.min(1, ink)));
  });
}

function distanceTo([x0, y0, x1, y1]: readonly number[], x: number, y: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const along = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy);
  const place = Math.max(0, Math.min(1, along));
  const [across, down] = [x - x0 - place * dx, y - y0 - place * dy];
  return Math.sqrt(across * across + down * down);
}
