/// <reference lib="dom" />
import { say } from '@convbook/page/browser';
import { valueOf } from './explain-place.ts';
import { indexIn } from './layer-pixel.ts';
import { digits } from './numbers.ts';
import { wordsOf } from './pixel-words.ts';
import type { ShownPixel } from './shown-pixel.ts';

/** Says how the pixel is computed and whether the layer has the same number; hidden while products are missing. */
export function showSum(sum: HTMLElement, { pixel, explanation, answer, walk }: ShownPixel): void {
  const { name } = pixel.one.layer;
  const activation = pixel.one.output(answer)[indexIn(pixel)];
  const [value, words] = [valueOf(explanation), wordsOf(explanation)];
  const isSame = Object.is(value, activation);
  sum.dataset.sum = String(value);
  sum.dataset.activation = String(activation);
  sum.hidden = walk.terms !== null;
  const own = digits(activation);
  say(sum, {
    en: `${name}: ${words.en} = ${digits(value)}; ${isSame ? 'the layer has the same number, to the last bit' : `the layer has ${own}`}`,
    ko: `${name}: ${words.ko} = ${digits(value)} (${isSame ? '층의 값과 마지막 비트까지 같음' : `층의 값은 ${own}`})`,
  });
}
