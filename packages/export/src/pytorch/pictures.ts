import type { PictureDescription, PictureFit } from '@convbook/core/pictures';

const fits: Readonly<Record<PictureFit, string>> = {
  cover:
    'Pictures of other sizes are scaled until they cover this size, and their middle is taken.',
  contain: 'Pictures of other sizes are scaled to lie within this size, with bars beside them.',
  stretch: 'Pictures of other sizes are scaled to this size, whatever their proportions.',
};

/** How a picture becomes an image as the network was trained on, a sentence each. */
export function pictureSentences({ fit, ground, orientation }: PictureDescription): string[] {
  const sentences: string[] = [];
  if (fit !== 'digit' && fit !== 'whole') sentences.push(fits[fit]);
  else if (ground === null) sentences.push('Pictures of other sizes are scaled to this size.');
  else {
    const { grey, ink, inkSide } = ground;
    sentences.push(`The images show ${ink} ink on an even ground of grey ${grey}.`);
    if (fit === 'digit') {
      sentences.push(
        `The longer side of the ink is ${inkSide} pixels, and its centre of mass is in the middle.`,
      );
    }
  }
  if (orientation === 'transposed') sentences.push('Rows and columns are exchanged.');
  return sentences;
}
