import { correlation } from '../correlation.ts';
import type { Explanation, Method, MethodMaps } from '../explain/explain.ts';
import { formatProbability, formatSigned } from '../format.ts';
import { html, type Html } from '../html.ts';
import { largestSize } from '../images/diverging.ts';
import { overlayPicture } from '../images/overlay.ts';
import { pictureImage } from '../images/picture-image.ts';
import type { Samples } from '../run/run.ts';
import { sampleCard } from '../sample-card.ts';

export const methodNames: Readonly<Record<Method, string>> = {
  saliency: 'Gradient',
  occlusion: 'Occlusion',
  gradCam: 'Grad-CAM',
};

/** One image with its maps, those of the trained network above those of the random one. */
export function explanationCard(
  one: Explanation,
  samples: Samples,
  names: readonly string[],
): Html {
  const { index, label, says, probability, methods } = one;
  const caption = `Test image ${index}, called ${names[says]}, labelled ${names[label]}`;
  const line = (title: string, isTrained: boolean) =>
    html`<tr>
      <th scope="row">${title}</th>
      ${methods.map((maps) => html`<td>${mapImage(one, maps, isTrained, samples, names[says])}</td>`)}
    </tr>`;
  const said = html`says <b>${names[says]}</b> ${formatProbability(probability)}`;
  const card = { said, isRight: label === says, label: html`label <b>${names[label]}</b>` };
  return html`<div class="explanation">
    ${sampleCard(samples, index, caption, card)}
    <table>
      <caption class="hidden">
        <span>${caption}: where each method looks</span>
      </caption>
      <thead>
        <tr>
          <td></td>
          ${methods.map(({ method }) => html`<th scope="col">${methodNames[method]}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${line('trained', true)} ${line('random', false)}
      </tbody>
    </table>
  </div> `;
}

function mapImage(
  { index }: Explanation,
  { method, shape, trained, untrained }: MethodMaps,
  isTrained: boolean,
  { images, shape: sampleShape }: Samples,
  name: string,
): Html {
  const map = isTrained ? trained : untrained;
  const limit = largestSize(map);
  const image = images.get(index) as Uint8Array;
  const picture = overlayPicture(map, shape, image, sampleShape, limit);
  const network = isTrained ? 'trained' : 'random';
  const alike = isTrained
    ? `; correlation with the random network’s map ${formatSigned(correlation(trained, untrained))}`
    : '';
  const alt = `${methodNames[method]} of test image ${index} for ${name}, ${network} network: ${finding(map, shape, limit)}${alike}`;
  return pictureImage(picture, alt);
}

/** Where a map is strongest, in ninths of the image. */
function finding(map: Float32Array, [height, width]: readonly number[], limit: number): string {
  if (limit === 0) return 'nothing';
  const place = map.findIndex((value) => Math.abs(value) === limit);
  const third = (at: number, of: number) => Math.min(2, Math.floor((3 * at) / of));
  const row = ['top', 'middle', 'bottom'][third(Math.floor(place / width), height)];
  const column = ['left', 'centre', 'right'][third(place % width, width)];
  return `strongest at the ${row} ${column}`;
}
