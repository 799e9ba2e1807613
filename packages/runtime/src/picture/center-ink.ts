// As MNIST's authors made their digits (LeCun and others 1998): the ink is scaled to 20 pixels on its longer
// side, keeping its proportions, smoothed to grey levels, and placed with its centre of mass in the middle.
import { sidesOf } from './ink-mask.ts';
import type { Ink } from './find-ink.ts';
import { centerOfMass, planeOf, type Plane } from '@convbook/core/pictures';
import { resize } from './resize.ts';

/** Strokes thinner than this in the new image are made this wide: MNIST's have two to three pixels. */
const thinnest = 2;

/** How much ink each pixel of `[height, width]` has, from 0 to 1, the ink's longer side `inkSide` pixels. */
export function centerInk(
  { strength, box, stroke }: Ink,
  [height, width]: readonly [number, number],
  inkSide: number,
): Plane {
  const { width: boxWidth, height: boxHeight } = sidesOf(box);
  const scale = inkSide / Math.max(boxWidth, boxHeight);
  const cut = planeOf(
    boxWidth,
    boxHeight,
    (place) =>
      strength.values[
        (box.top + Math.floor(place / boxWidth)) * strength.width + box.left + (place % boxWidth)
      ],
  );
  const wide = thicken(cut, Math.round((thinnest / scale - stroke) / 2));
  const longest = Math.max(wide.width, wide.height);
  const scaled = (length: number) => Math.max(1, Math.round((length * inkSide) / longest));
  const figure = resize(wide, scaled(wide.width), scaled(wide.height));
  return placeCentered(figure, width, height);
}

/** The strongest ink within `radius` pixels. */
function thicken(plane: Plane, radius: number): Plane {
  if (radius < 1) return plane;
  const width = plane.width + 2 * radius;
  const height = plane.height + 2 * radius;
  const strongest = new Float64Array(width * height);
  for (let dy = -radius; dy <= radius; dy++) {
    const reach = Math.floor(Math.sqrt(radius * radius - dy * dy));
    for (let dx = -reach; dx <= reach; dx++) {
      plane.values.forEach((value, place) => {
        const x = (place % plane.width) + radius + dx;
        const y = Math.floor(place / plane.width) + radius + dy;
        if (value > strongest[y * width + x]) strongest[y * width + x] = value;
      });
    }
  }
  return { width, height, values: strongest };
}

function placeCentered(figure: Plane, width: number, height: number): Plane {
  const [massX, massY] = centerOfMass(figure);
  const [left, top] = [Math.round(width / 2 - massX), Math.round(height / 2 - massY)];
  return planeOf(width, height, (place) => {
    const [x, y] = [(place % width) - left, Math.floor(place / width) - top];
    if (x < 0 || y < 0 || x >= figure.width || y >= figure.height) return 0;
    return figure.values[y * figure.width + x];
  });
}
