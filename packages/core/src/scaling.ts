// How the bytes of an image become the numbers that a model reads: byte / 255, or standardized,
//   (byte / 255 − mean) / deviation  =  byte · scale + offset
// with scale and offset in float32 and each result rounded to float32, as the kernels do.

/** Mean and standard deviation of byte / 255 for each channel of a data set. */
export interface Standardization {
  readonly means: readonly number[];
  /** Above 0. */
  readonly deviations: readonly number[];
}

/** `byte · scale + offset` for the bytes of a channel; both are float32. */
export interface ChannelScaling {
  readonly scale: number;
  readonly offset: number;
}

/** What standardizes each channel. */
export function toScaling({ means, deviations }: Standardization): ChannelScaling[] {
  return means.map((mean, channel) => ({
    scale: Math.fround(1 / (255 * deviations[channel])),
    offset: Math.fround(-mean / deviations[channel]),
  }));
}

/** The standardized number of a byte. */
export function scaleByte(byte: number, { scale, offset }: ChannelScaling): number {
  return Math.fround(Math.fround(byte * scale) + offset);
}

/**
 * The numbers of an image, `[channels · height · width]`, as the kernels compute them.
 *
 * @param scaling One for each channel; default byte / 255.
 */
export function imageToNumbers(
  image: ArrayLike<number>,
  scaling?: readonly ChannelScaling[],
): Float32Array {
  const numbers = new Float32Array(image.length);
  if (scaling === undefined) {
    for (let at = 0; at < image.length; at++) numbers[at] = image[at] / 255;
    return numbers;
  }
  const area = image.length / scaling.length;
  scaling.forEach((channel, c) => {
    for (let at = c * area; at < (c + 1) * area; at++) numbers[at] = scaleByte(image[at], channel);
  });
  return numbers;
}
