/// <reference lib="dom" />
// The way down to the chosen pixel and on to the image, and the pixels above that read it.
import { make } from '@convbook/page/browser';
import type { Text } from '@convbook/page/text';
import { pixelName, type LayerPixel } from './layer-pixel.ts';
import type { Uses } from './pixel-uses.ts';
import { fieldOf } from './scene-image.ts';
import type { ShownPixel } from './shown-pixel.ts';

/** `goUp` receives the pixel above that is chosen. */
export function createTrail(part: HTMLElement, goUp: (pixel: LayerPixel) => void) {
  const [above, way] = [make('p', '', { class: 'uses' }), make('p', '', { class: 'trail' })];
  part.append(way, above);
  const lead = (pixel: LayerPixel) => {
    const button = make('button', pixelName(pixel), { type: 'button', class: 'link-button' });
    button.addEventListener('click', () => goUp(pixel));
    return button;
  };
  return {
    show({ pixel, trail }: ShownPixel, uses: readonly Uses[]) {
      way.replaceChildren();
      for (const parent of trail) way.append(lead(parent), ' ← ');
      way.append(
        make('b', pixelName(pixel), { tabindex: '-1' }),
        ' ← ',
        make('span', imageText(pixel), { class: 'image' }),
      );
      above.replaceChildren();
      above.hidden = uses.length === 0;
      for (const one of uses) {
        above.append(make('span', usesText(one), { class: 'use' }), lead(strongestOf(one)), ' ');
      }
    },
    /** Where the keyboard goes on after a step down or up. */
    focus() {
      way.querySelector('b')?.focus({ preventScroll: true });
    },
  };
}

function imageText({ one }: LayerPixel): Text {
  const field = fieldOf(one);
  if (field === null) return { en: 'the whole image', ko: '이미지 전체' };
  const size = field.size.join('×');
  return { en: `${size} of the image`, ko: `이미지의 ${size}` };
}

function strongestOf({ one, strongest }: Uses): LayerPixel {
  return { one, place: strongest };
}

function usesText({ one: { layer }, maps, rows, columns }: Uses): Text {
  const count = maps.length * rows.length * columns.length;
  if (count === 1) return { en: 'Read by ', ko: '이 값을 읽는 픽셀: ' };
  const isMap = layer.outputShape.length === 3;
  return {
    en: `Read by ${count} ${isMap ? 'pixels' : 'units'} of ${layer.name}, with the largest weight by `,
    ko: `이 값을 읽는 ${layer.name}의 ${isMap ? '픽셀' : '유닛'} ${count}개 가운데 가중치가 가장 큰 것: `,
  };
}
