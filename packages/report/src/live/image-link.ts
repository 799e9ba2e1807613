/// <reference lib="dom" />
import { make, paintInput } from '@convbook/page/browser';
import type { TestSet } from './test-set.ts';

/** A link that opens a test image in the inspector: as that of the cells. */
export function imageLink(index: number): HTMLAnchorElement {
  return make('a', '', {
    class: 'image-link',
    href: `#image=${index}`,
    'data-image': String(index),
  });
}

/** The picture of a test image; null where the page does not have it. */
export function imagePicture(testSet: TestSet, index: number): HTMLCanvasElement | null {
  const bytes = testSet.image(index);
  if (bytes === null) return null;
  const canvas = make('canvas', '', { class: 'pixels' });
  [, canvas.height, canvas.width] = testSet.shape;
  paintInput(canvas, bytes, testSet.shape);
  return canvas;
}
