import sharp from 'sharp';

/** How much ink of a letter each pixel has, as a PNG of `size × size` whose longer side it fills to seven tenths. */
export async function renderGlyph(letter: string, face: string, size: number): Promise<Buffer> {
  const side = Math.round(0.7 * size);
  const text = { text: letter, font: `${face} ${2 * size}`, dpi: 72 };
  const { data, info } = await sharp({ text })
    .resize(side, side, { fit: 'inside' })
    .extractChannel(0)
    .png()
    .toBuffer({ resolveWithObject: true });
  const [left, top] = [info.width, info.height].map((length) => Math.floor((size - length) / 2));
  const right = size - left - info.width;
  const bottom = size - top - info.height;
  return sharp(data).extend({ left, top, right, bottom, background: 'black' }).png().toBuffer();
}
