// A picture of 32 × 32 × 3: a house with a red roof under a blue sky, the sun, a meadow. Drawn here, so that the book
// has no photograph to carry.

/** Rows and columns. */
export const sceneSide = 32;

type Rgb = readonly [number, number, number];

const sky: Rgb = [0.45, 0.7, 1];
const sun: Rgb = [1, 0.9, 0.15];
const meadow: Rgb = [0.25, 0.65, 0.2];
const wall: Rgb = [0.95, 0.92, 0.88];
const roof: Rgb = [0.85, 0.15, 0.1];
const door: Rgb = [0.3, 0.2, 0.15];

function colorAt(row: number, column: number): Rgb {
  if (row >= 16 && row < 27 && column >= 10 && column < 25) {
    return row >= 20 && column >= 15 && column < 19 ? door : wall;
  }
  if (row >= 8 && row < 16 && Math.abs(column - 17) <= row - 6) return roof;
  if ((row - 6) ** 2 + (column - 5) ** 2 <= 13) return sun;
  return row >= 24 ? meadow : sky;
}

const places = [...Array(sceneSide ** 2).keys()];

/** Values from 0 to 1, `[3, 32, 32]`: red, green, blue. */
export const scene: readonly number[] = [0, 1, 2].flatMap((channel) =>
  places.map((place) => colorAt(Math.floor(place / sceneSide), place % sceneSide)[channel]),
);

/** One of its channels, `[32, 32]`. */
export function sceneChannel(channel: number): number[] {
  return scene.slice(channel * sceneSide ** 2, (channel + 1) * sceneSide ** 2);
}
