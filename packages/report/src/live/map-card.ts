/// <reference lib="dom" />
// The image of a point of the map, beside the point: a link that opens it.
import { make, say } from '@convbook/page/browser';
import { formatProbability, languages, type Text } from '@convbook/page/text';
import { imagePicture } from './image-link.ts';
import type { MapPoint } from './map-points.ts';
import type { TestAnswer, TestSet } from './test-set.ts';

/** The size of the drawing in which the points stand. */
interface Size {
  readonly width: number;
  readonly height: number;
}

/** Shows one image at a time over the field. */
export function createMapCard(field: HTMLElement, testSet: TestSet, { width, height }: Size) {
  const place = make('div', '', { class: 'map-card', role: 'status' });
  const link = make('a', '', { class: 'image-link' });
  place.hidden = true;
  place.append(link);
  field.append(place);
  return {
    /** @param isTouched The card itself is tapped to open the image; a mouse clicks on the point. */
    show(point: MapPoint | null, isTouched = false) {
      place.hidden = point === null;
      if (point === null) return;
      place.classList.toggle('tappable', isTouched);
      place.style.setProperty('left', `${(100 * point.x) / width}%`);
      place.style.setProperty('top', `${(100 * point.y) / height}%`);
      place.classList.toggle('right', point.x > 0.6 * width);
      place.classList.toggle('below', point.y < 0.4 * height);
      fillLink(link, testSet, point.index);
    },
    /** Opens the image that is shown. */
    open: () => link.click(),
  };
}

/** Points a link at a test image, with its picture, label and prediction. */
function fillLink(link: HTMLAnchorElement, testSet: TestSet, index: number): void {
  link.href = `#image=${index}`;
  link.dataset.image = String(index);
  link.replaceChildren();
  const picture = imagePicture(testSet, index);
  picture?.setAttribute('aria-hidden', 'true');
  if (picture) link.append(picture);
  const { said, label } = wordsOf(testSet, testSet.answer(index));
  link.append(make('b', `#${index}`), line(label), line(said));
  if (!picture) link.append(line(noPicture));
}

const noPicture: Text = {
  en: 'its picture is not in this page',
  ko: '그림은 이 페이지에 없습니다',
};

function wordsOf(
  { classNames }: TestSet,
  { label, prediction, predictionProbability }: TestAnswer,
): { readonly label: Text; readonly said: Text } {
  const [is, says] = [classNames[label], classNames[prediction]];
  const probability = formatProbability(predictionProbability);
  return {
    label: { en: `label ${is}`, ko: `정답 ${is}` },
    said: { en: `predicted ${says} (${probability})`, ko: `예측 ${says} (${probability})` },
  };
}

function line(text: Text): HTMLElement {
  const element = make('small');
  say(element, text);
  return element;
}

/** The name of an image as an attribute has it. */
export function nameOf(testSet: TestSet, index: number): Text {
  const { label, said } = wordsOf(testSet, testSet.answer(index));
  const [en, ko] = languages.map((lang) => `#${index}, ${label[lang]}, ${said[lang]}`);
  return { en, ko };
}
