// Ink on paper, or chalk on a board, in a photograph: the paper is estimated everywhere, ink is what takes
// light away from it (Otsu's threshold would need even light), and rules, frames and specks are no ink.
import { chooseInk, removeFrames } from './choose-ink.ts';
import { groundUnder } from './ground-under.ts';
import { boxOf, isAtBorder, maskOf, type Box, type InkMask } from './ink-mask.ts';
import { planeOf, type Plane } from '@convbook/core/pictures';
import { removeRules } from './remove-rules.ts';
import { reduceTo } from './resize.ts';

/** The longer side on which ink is looked for: a stroke of a small figure still has some pixels. */
const side = 320;
/** Above this share of the light noise is averaged away, at half the size. */
const noisy = 0.04;
/** Ink differs from the paper by at least this share of the light, and by so many deviations of noise. */
const least = { contrast: 0.06, deviations: 4 };
/** Ink has at least this share of the contrast of the strongest ink. */
const threshold = 0.4;

/** The ink of a picture. */
export interface Ink {
  /** How much ink a pixel has, from 0 to 1, `[height, width]`. */
  readonly strength: Plane;
  readonly box: Box;
  readonly isDark: boolean;
  /** Width of its strokes in pixels. */
  readonly stroke: number;
  /** Whether it hardly differs from its ground. */
  readonly isFaint: boolean;
}

/** The ink of a grey picture; null where nothing differs from the ground by more than noise. */
export function findInk(grey: Plane, isDarkInk?: boolean): Ink | null {
  const plane = reduceTo(grey, side);
  const ground = groundUnder(plane);
  const isDark = isDarkInk ?? looksDark(plane, ground);
  const contrast = contrastOf(plane, ground, isDark);
  return inkOf(noiseOf(contrast) > noisy ? reduceTo(contrast, side / 2) : contrast, isDark);
}

/** Whether the ink of a grey picture is darker than its ground. */
export function hasDarkInk(grey: Plane): boolean {
  const plane = reduceTo(grey, side);
  return looksDark(plane, groundUnder(plane));
}

/** The figure in a plane of how much each pixel differs from its ground, from 0 to 1. */
function inkOf(contrast: Plane, isDark: boolean): Ink | null {
  const noise = noiseOf(contrast);
  const floor = Math.max(least.contrast, least.deviations * noise);
  const strongest = percentile(
    contrast.values.filter((value) => value > floor),
    0.95,
  );
  if (!(strongest > 0)) return null;
  const masks = [threshold, threshold / 2].map((share) =>
    removeFrames(maskOf(contrast, Math.max(floor, share * strongest))),
  );
  const figure = chooseInk(removeRules(masks[0], masks[1]));
  if (figure === null) return null;
  const kept = grow(figure.places, contrast);
  const full = percentile(
    figure.places.map((place) => contrast.values[place]),
    0.75,
  );
  const low = Math.min(2 * noise, full / 4);
  const strength = planeOf(contrast.width, contrast.height, (place) =>
    kept.bits[place] === 0
      ? 0
      : Math.min(1, Math.max(0, (contrast.values[place] - low) / (full - low))),
  );
  const isFaint = full < 2 * floor;
  // The ground is known least along the border: nothing faint there is ink.
  if (isFaint && isAtBorder(figure.box, contrast)) return null;
  const places = [...kept.bits.keys()].filter((place) => strength.values[place] > 0.1);
  return {
    strength,
    box: boxOf(places, contrast.width),
    isDark,
    stroke: strokeOf(figure.places, contrast),
    isFaint,
  };
}

/** Ink that is known exactly, as that of a drawing is; null where there is none. */
export function knownInk(strength: Plane, isDark: boolean): Ink | null {
  const places = [...strength.values.keys()].filter((place) => strength.values[place] > 0.1);
  if (places.length === 0) return null;
  const box = boxOf(places, strength.width);
  return { strength, box, isDark, stroke: strokeOf(places, strength), isFaint: false };
}

/** Whether what differs most from the ground is darker: cubes let few strong pixels outweigh noise. */
function looksDark({ values }: Plane, ground: Plane): boolean {
  const cubes = values.map((value, place) => {
    const difference = value - ground.values[place];
    return difference * difference * difference;
  });
  return cubes.reduce((sum, cube) => sum + cube, 0) < 0;
}

/** The share of the paper's light that ink takes away, or of the board's darkness that chalk does. */
function contrastOf(plane: Plane, ground: Plane, isDark: boolean): Plane {
  return planeOf(plane.width, plane.height, (place) => {
    const [value, under] = [plane.values[place], ground.values[place]];
    return isDark
      ? (under - value) / Math.max(under, 32)
      : (value - under) / Math.max(255 - under, 32);
  });
}

/** Standard deviation of noise by the median of absolute values, which ink hardly changes. */
function noiseOf({ values }: Plane): number {
  return 1.48 * percentile(values.map(Math.abs), 0.5);
}

function percentile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** The pixels and those beside them: the soft edge of a stroke. */
function grow(places: readonly number[], { width, height }: Plane): InkMask {
  const bits = new Uint8Array(width * height);
  for (const place of places) {
    const [x, y] = [place % width, Math.floor(place / width)];
    for (let toY = Math.max(0, y - 1); toY <= Math.min(height - 1, y + 1); toY++) {
      for (let toX = Math.max(0, x - 1); toX <= Math.min(width - 1, x + 1); toX++) {
        bits[toY * width + toX] = 1;
      }
    }
  }
  return { width, height, bits };
}

/** Twice the area by the length of the outline. */
function strokeOf(places: readonly number[], { width, height }: Plane): number {
  const own = new Set(places);
  const isOutline = (place: number) => {
    const [x, y] = [place % width, Math.floor(place / width)];
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) return true;
    return [place - 1, place + 1, place - width, place + width].some((next) => !own.has(next));
  };
  return (2 * places.length) / places.filter(isOutline).length;
}
