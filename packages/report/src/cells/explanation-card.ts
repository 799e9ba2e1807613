import {
  formatProbability,
  formatSigned,
  html,
  toText,
  type Html,
  type Text,
} from '@convbook/page';
import { largestSize, pictureImage } from '@convbook/page/images';
import type { Samples } from '@convbook/run';
import { correlation } from '../analysis/correlation.ts';
import type { Explanation, Method, MethodMaps } from '../explain/explain.ts';
import { overlayPicture } from '../images/overlay.ts';
import { labelled, sampleAlt, sampleCard, says } from './sample-card.ts';

export const methodNames: Readonly<Record<Method, Text>> = {
  saliency: { en: 'Gradient', ko: '기울기' },
  occlusion: { en: 'Occlusion', ko: '가림' },
  gradCam: toText('Grad-CAM'),
};

const networkNames = {
  trained: { en: 'trained', ko: '학습됨' },
  random: { en: 'random', ko: '무작위' },
} as const satisfies Record<string, Text>;

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
  { method, shape, trained, untrained }: MethodMaps,
  isTrained: boolean,
  { images, shape: sampleShape }: Samples,
  name: string,
): Html {
  const map = isTrained ? trained : untrained;
  const limit = largestSize(map);
  const image = images.get(index) as Uint8Array;
  const picture = overlayPicture(map, shape, image, sampleShape, limit);
  const alike = isTrained ? formatSigned(correlation(trained, untrained)) : null;
  const [title, found] = [methodNames[method], finding(map, shape, limit)];
  const network = isTrained ? networkNames.trained : networkNames.random;
  return pictureImage(picture, {
    en: `${title.en} of test image ${index} for ${name}, ${network.en} network: ${found.en}${alike === null ? '' : `; correlation with the random network’s map ${alike}`}`,
    ko: `시험 이미지 ${index}에서 ${name} 클래스에 대한 ${title.ko}, ${network.ko} 신경망: ${found.ko}${alike === null ? '' : `; 무작위 신경망의 맵과 상관계수 ${alike}`}`,
  });
}

/** Names of the ninths of an image, by rows. */
const ninths: readonly (readonly Text[])[] = [
  [
    { en: 'top left', ko: '왼쪽 위' },
    { en: 'top centre', ko: '위쪽 가운데' },
    { en: 'top right', ko: '오른쪽 위' },
  ],
  [
    { en: 'centre left', ko: '왼쪽 가운데' },
    { en: 'centre', ko: '한가운데' },
    { en: 'centre right', ko: '오른쪽 가운데' },
  ],
  [
    { en: 'bottom left', ko: '왼쪽 아래' },
    { en: 'bottom centre', ko: '아래쪽 가운데' },
    { en: 'bottom right', ko: '오른쪽 아래' },
  ],
];

/** Where a map is strongest, in ninths of the image. */
function finding(map: Float32Array, [height, width]: readonly number[], limit: number): Text {
  if (limit === 0) return { en: 'nothing', ko: '없음' };
  const place = map.findIndex((value) => Math.abs(value) === limit);
  const third = (at: number, of: number) => Math.min(2, Math.floor((3 * at) / of));
  const row = third(Math.floor(place / width), height);
  const column = third(place % width, width);
  const where = ninths[row][column];
  return { en: `strongest at the ${where.en}`, ko: `${where.ko}에서 가장 큼` };
}
