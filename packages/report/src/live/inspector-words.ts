import { formatCount, formatProbability, type Text } from '@convbook/page/text';
import type { TestAnswer } from './test-set.ts';

/** The place of an image in its list. */
export function placeText(place: number, all: number): Text {
  const [some, whole] = [place + 1, all].map(formatCount);
  return { en: `${some} of ${whole}`, ko: `${whole}장 중 ${some}번째` };
}

/** The prediction, and the label where it is another. */
export function answerText(
  { label, prediction, ...answer }: TestAnswer,
  names: readonly string[],
): Text {
  const [predicted, given] = [answer.predictionProbability, answer.labelProbability].map(
    formatProbability,
  );
  const [en, ko] = [
    `predicted ${names[prediction]}, ${predicted}`,
    `예측 ${names[prediction]}, ${predicted}`,
  ];
  if (label === prediction) return { en: `${en}: correct`, ko: `${ko}: 정답` };
  return {
    en: `${en}; label ${names[label]}, ${given}`,
    ko: `${ko}, 정답 ${names[label]}, ${given}`,
  };
}

/** An address that names no image of the test set. */
export function unknownText(count: number): Text {
  const last = count - 1;
  return {
    en: `The test set has no such image: its ${formatCount(count)} images have the numbers 0 to ${last}. Choose one of these.`,
    ko: `시험 집합에 그런 이미지가 없습니다. 이미지 ${formatCount(count)}장의 번호는 0부터 ${last}까지입니다. 그중에서 골라 주십시오.`,
  };
}

/** An image whose pixels are not in the page. */
export function notKeptText(index: number): Text {
  return {
    en: `This page has the answer to test image ${index}, but not its pixels: of a large test set it keeps only some images.`,
    ko: `이 페이지에는 시험 이미지 ${index}의 예측만 있고 픽셀은 없습니다. 시험 집합이 크면 일부 이미지만 보관합니다.`,
  };
}

/** The end of the button that copies the address. */
export const copied: Text = { en: 'The link is copied.', ko: '링크를 복사했습니다.' };
/** The answer where a browser refuses to copy. */
export const notCopied: Text = {
  en: 'This browser does not let the page copy: take the link from the address bar.',
  ko: '브라우저가 복사를 허용하지 않습니다. 주소창의 링크를 복사해 주십시오.',
};

/** A layer's name and what it gives. */
export function layerTitle(
  name: string,
  [channels, height, width]: readonly number[],
  shown: number,
): Text {
  const isCut = shown < channels;
  const [all, some] = [channels, shown].map(formatCount);
  if (width === undefined) {
    return {
      en: `${name}: ${all} values${isCut ? `, the first ${some}` : ''}`,
      ko: `${name}: 값 ${all}개${isCut ? ` 중 처음 ${some}개` : ''}`,
    };
  }
  return {
    en: `${name}: ${all} maps of ${height} × ${width}${isCut ? `, the first ${some}` : ''}`,
    ko: `${name}: ${height} × ${width} 맵 ${all}개${isCut ? ` 중 처음 ${some}개` : ''}`,
  };
}
