// Digits drawn on 6×6 pixels, 1 where there is ink. The 2 is that of text E.

/** Rows and columns of a digit. */
export const side = 6;

const drawings = {
  '0': ['..##..', '.#..#.', '.#..#.', '.#..#.', '.#..#.', '..##..'],
  '1': ['..#...', '.##...', '..#...', '..#...', '..#...', '.###..'],
  '2': ['..##..', '.#..#.', '....#.', '...#..', '..#...', '.####.'],
  '3': ['.###..', '....#.', '..##..', '....#.', '....#.', '.###..'],
  '4': ['...#..', '..##..', '.#.#..', '.####.', '...#..', '...#..'],
  '5': ['.####.', '.#....', '.###..', '....#.', '....#.', '.###..'],
  '6': ['..##..', '.#....', '.###..', '.#..#.', '.#..#.', '..##..'],
  '7': ['.####.', '....#.', '...#..', '...#..', '..#...', '..#...'],
  '8': ['..##..', '.#..#.', '..##..', '.#..#.', '.#..#.', '..##..'],
  '9': ['..##..', '.#..#.', '..###.', '....#.', '...#..', '..#...'],
};

/** A digit's name. */
export type Digit = keyof typeof drawings;

/** Every digit, from 0. */
export const digits: readonly Digit[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** A digit's 36 pixels, row by row. */
export function pixelsOf(digit: Digit): number[] {
  return Array.from(drawings[digit].join(''), (pixel) => (pixel === '#' ? 1 : 0));
}

/** The digit that a choice names; one that it does not name is 2. */
export function toDigit(name: string): Digit {
  return digits.find((digit) => digit === name) ?? '2';
}
