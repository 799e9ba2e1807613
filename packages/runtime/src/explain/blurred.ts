/**
 * An image after the window 1 2 1 along its rows, then its columns, `[channels, height, width]`. At the border the
 * window is cut, and its weights still add up to 1.
 */
export function blurred(
  image: Float64Array,
  [, height, width]: readonly number[],
): Float64Array<ArrayBuffer> {
  return smoothed(smoothed(image, width, 1), height, width);
}

/** @param step Values from a place to the next of the side, which has `length` of them. */
function smoothed(values: Float64Array, length: number, step: number): Float64Array<ArrayBuffer> {
  return Float64Array.from(values, (value, at) => {
    const place = Math.floor(at / step) % length;
    let [sum, weights] = [2 * value, 2];
    if (place > 0) [sum, weights] = [sum + values[at - step], weights + 1];
    if (place + 1 < length) [sum, weights] = [sum + values[at + step], weights + 1];
    return sum / weights;
  });
}
