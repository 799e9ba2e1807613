import type { PictureGround } from './description.ts';
import { planeOf, type Plane } from './plane.ts';

/** What a picture shows along its border. */
export interface Border {
  /** The middle grey. */
  readonly grey: number;
  /** Share of pixels that are nearly of this grey. */
  readonly evenness: number;
}

/** Greys so near count as one: what is left of JPEG on an even ground. */
export const nearGrey = 16;

/** The grey of a picture's border, and how even it is. */
export function borderOf({ width, height, values }: Plane): Border {
  const border = values
    .filter((_, place) => {
      const [x, y] = [place % width, Math.floor(place / width)];
      return x === 0 || y === 0 || x === width - 1 || y === height - 1;
    })
    .sort();
  const grey = border[border.length >> 1];
  const like = border.filter((value) => Math.abs(value - grey) <= nearGrey);
  return { grey, evenness: like.length / border.length };
}

/** Whether an even border is bright where the data set's ground is dark, or the other way round. */
export function isOpposite(
  { grey, evenness }: Border,
  ground: Pick<PictureGround, 'grey' | 'ink'>,
): boolean {
  const distance = ground.ink === 'bright' ? grey - ground.grey : ground.grey - grey;
  return evenness >= 0.9 && distance > 127;
}

/** How much each pixel differs from a ground; 0 where it is near. */
export function differenceFrom({ width, height, values }: Plane, grey: number): Plane {
  return planeOf(width, height, (place) => Math.max(0, Math.abs(values[place] - grey) - nearGrey));
}
