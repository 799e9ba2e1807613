import { formatProbability, html, type Html } from '@convbook/page';
import { largestSize } from '@convbook/core';
import { pictureImage } from '@convbook/page/images';
import type { Samples } from '@convbook/run';
import type { Explanation, MethodMaps } from '../explain/explain.ts';
import { mapText, methodNames, networkNames } from '../explain/map-text.ts';
import { overlayPicture } from '../images/overlay.ts';
import { labelled, sampleAlt, sampleCard, says } from './sample-card.ts';

/** One image with its maps, those of the trained network above those of the random one. */
export function explanationCard(
  one: Explanation,
  samples: Samples,
  names: readonly string[],
): Html {
  const { index, label, says: answer, probability, methods } = one;
  const alt = sampleAlt(index, names[label], names[answer]);
  const line = (isTrained: boolean) =>
    html`<tr>
      <th scope="row">${isTrained ? networkNames.trained : networkNames.random}</th>
      ${methods.map((maps) => html`<td>${mapImage(one, maps, isTrained, samples, names[answer])}</td>`)}
    </tr>`;
  const said = html`${says(names[answer])} ${formatProbability(probability)}`;
  const card = { said, isRight: label === answer, label: labelled(names[label]) };
  return html`<div class="explanation">
    ${sampleCard(samples, index, alt, card)}
    <table>
      <caption class="hidden">
        ${{ en: `${alt.en}: where each method looks`, ko: `${alt.ko}: 방법마다 보는 곳` }}
      </caption>
      <thead>
        <tr>
          <td></td>
          ${methods.map(({ method }) => html`<th scope="col">${methodNames[method]}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${line(true)} ${line(false)}
      </tbody>
    </table>
  </div> `;
}

function mapImage(
  { index }: Explanation,
  maps: MethodMaps,
  isTrained: boolean,
  { images, shape: sampleShape }: Samples,
  name: string,
): Html {
  const map = isTrained ? maps.trained : maps.untrained;
  const image = images.get(index) as Uint8Array;
  const picture = overlayPicture(map, maps.shape, image, sampleShape, largestSize(map));
  const subject = { en: `test image ${index}`, ko: `시험 이미지 ${index}` };
  return pictureImage(picture, mapText(subject, maps, name, isTrained));
}
