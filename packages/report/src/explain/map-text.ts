// Maps that explain an answer, in words.
import { largestSize } from '@convbook/core';
import { formatSigned, toText, type Text } from '@convbook/page/text';
import { correlation } from '../analysis/correlation.ts';
import type { Method, MethodMaps } from './explain.ts';

/** The names of the methods. */
export const methodNames: Readonly<Record<Method, Text>> = {
  saliency: { en: 'Gradient', ko: '기울기' },
  occlusion: { en: 'Occlusion', ko: '가림' },
  gradCam: toText('Grad-CAM'),
};

/** The two networks whose maps are compared. */
export const networkNames = {
  trained: { en: 'trained', ko: '학습됨' },
  random: { en: 'random', ko: '무작위' },
} as const satisfies Record<string, Text>;

/**
 * The alternative text of a map: where it is strongest; of the trained network's also how much it resembles the
 * random one's.
 *
 * @param subject The image that is explained.
 * @param name The class.
 */
export function mapText(
  subject: Text,
  { method, shape, trained, untrained }: MethodMaps,
  name: string,
  isTrained: boolean,
): Text {
  const title = methodNames[method];
  const network = isTrained ? networkNames.trained : networkNames.random;
  const found = finding(isTrained ? trained : untrained, shape);
  const value = formatSigned(correlation(trained, untrained));
  const alike = {
    en: isTrained ? `; correlation with the random network’s map ${value}` : '',
    ko: isTrained ? `; 무작위 신경망의 맵과 상관계수 ${value}` : '',
  };
  return {
    en: `${title.en} of ${subject.en} for ${name}, ${network.en} network: ${found.en}${alike.en}`,
    ko: `${subject.ko}에서 ${name} 클래스에 대한 ${title.ko}, ${network.ko} 신경망: ${found.ko}${alike.ko}`,
  };
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

/** The place where a map is strongest, in ninths of the image. */
function finding(map: Float32Array, [height, width]: readonly number[]): Text {
  const limit = largestSize(map);
  if (limit === 0) return { en: 'nothing', ko: '없음' };
  const place = map.findIndex((value) => Math.abs(value) === limit);
  const third = (at: number, of: number) => Math.min(2, Math.floor((3 * at) / of));
  const row = third(Math.floor(place / width), height);
  const column = third(place % width, width);
  const where = ninths[row][column];
  return { en: `strongest at the ${where.en}`, ko: `${where.ko}에서 가장 큼` };
}
