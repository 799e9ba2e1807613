/// <reference lib="dom" />
// The reader's own picture: drawn, from a file, or from the camera. It stays in the page.
import {
  createDrawing,
  find,
  offerCamera,
  readFilePixels,
  say,
  takeFiles,
  UnreadablePicture,
  type CanvasPixels,
} from '@convbook/page/browser';
import type { Host } from '../../figure/figure.ts';
import type { FilterState } from './filter-state.ts';
import { blank, toGreyImage, type GreyImage } from './grey-image.ts';

/** Shows the part of the lesson in which a picture is drawn or given. */
export function offerOwnPicture(part: HTMLElement, host: Host<FilterState>): void {
  const own = find<HTMLDetailsElement>('[data-filters-own]');
  find('[data-view]', part).before(own);
  const said = find('[data-file-said]', own);
  /** Counts what was given, so that a file that takes long does not replace a later picture. */
  let given = 0;
  const show = (image: GreyImage) => {
    given++;
    say(said, '');
    host.show({ ...host.read(), source: 'own', own: image });
  };
  const give = (pixels: CanvasPixels) => show(toGreyImage(pixels));

  const drawing = createDrawing(find<HTMLCanvasElement>('[data-draw]', own), give);
  find('[data-clear]', own).addEventListener('click', () => {
    drawing.clear();
    show(blank);
  });
  const giveFile = async (file: File) => {
    const turn = ++given;
    try {
      const pixels = await readFilePixels(file);
      if (turn === given) give(pixels);
    } catch (error) {
      if (!(error instanceof UnreadablePicture)) throw error;
      if (turn === given) say(said, error.text);
    }
  };
  const field = find<HTMLInputElement>('[data-file]', own);
  takeFiles({ field, target: part }, ([file]) => void giveFile(file));
  offerCamera(find('[data-camera]', own), give);
  own.hidden = false;
}
