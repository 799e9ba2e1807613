/** One value a pixel, row by row, `[height, width]`. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array;
}

/** A plane of these sides, its values as a function of the place. */
export function planeOf(width: number, height: number, value: (place: number) => number): Plane {
  const values = new Float64Array(width * height);
  for (let place = 0; place < values.length; place++) values[place] = value(place);
  return { width, height, values };
}

/** Middle of the values taken as masses, in pixels from the left and top edges. */
export function centerOfMass({ width, values }: Plane): [x: number, y: number] {
  let [sum, sumX, sumY] = [0, 0, 0];
  values.forEach((value, place) => {
    sum += value;
    sumX += value * ((place % width) + 0.5);
    sumY += value * (Math.floor(place / width) + 0.5);
  });
  return [sumX / sum, sumY / sum];
}

/** Pixels of the longer side of the box around all values above 0; 0 where there are none. */
export function longerSide({ width, values }: Plane): number {
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
  values.forEach((value, place) => {
    if (value <= 0) return;
    const [x, y] = [place % width, Math.floor(place / width)];
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  });
  return right < 0 ? 0 : Math.max(right - left, bottom - top) + 1;
}
