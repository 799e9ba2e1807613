/// <reference lib="dom" />
// Where a pixel comes from and where it is: the image with the region that it sees, what its layer reads with the
// window, and its map with the pixel itself.
import { find } from '@convbook/page/browser';
import type { Place } from './explain-place.ts';
import { createMapChoice } from './map-choice.ts';
import { boardOf, placeNear } from './pixel-board.ts';
import { createSceneImage } from './scene-image.ts';
import { createSceneMap } from './scene-map.ts';
import { createSceneSource } from './scene-source.ts';
import type { ShownPixel } from './shown-pixel.ts';

/** Puts the pictures into the parts of the cell; `choose` receives the pixel that is pointed at or moved to. */
export function createPixelScene(
  cell: HTMLElement,
  inputShape: readonly number[],
  choose: (place: Place) => void,
) {
  let current: ShownPixel | null = null;
  const chooseNear = (row: number, column: number) => {
    if (current === null) return;
    const { one, place } = current.pixel;
    const next = placeNear(boardOf(one.layer.outputShape), place, row, column);
    if (next.row !== place.row || next.column !== place.column) choose(next);
  };
  const image = createSceneImage(inputShape, chooseNear);
  const source = createSceneSource(chooseNear);
  const own = createSceneMap(choose);
  const maps = createMapChoice((map) => current && choose({ ...current.pixel.place, map }));
  find('[data-scene]', cell).append(image.figure, source.figure, own.figure);
  find('[data-map-choice]', cell).append(maps.part);
  return {
    show(shown: ShownPixel) {
      current = shown;
      for (const { show } of [image, source, own]) show(shown);
      maps.show(shown.pixel.one, shown.answer, shown.pixel.place.map);
    },
  };
}
