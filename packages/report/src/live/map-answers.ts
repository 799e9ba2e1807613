/// <reference lib="dom" />
// The answer below the map: how many images are framed, the first of them, and what one does with them.
import { describe, make, say } from '@convbook/page/browser';
import { formatCount, formatPlural, type Text } from '@convbook/page/text';
import { imageLink, imagePicture } from './image-link.ts';
import { nameOf } from './map-card.ts';
import type { MapPoint } from './map-points.ts';
import type { TestSet } from './test-set.ts';

/** Most pictures of the images in a frame. */
const mostPictures = 24;

/** What the part below the map asks for. */
interface Uses {
  /** Removes the frame. */
  clear(): void;
  /** Restricts the list of mistakes to the images in the frame, which may show all again. */
  list(): void;
}

/** Starts the part below the map. */
export function createMapAnswers(
  part: HTMLElement,
  testSet: TestSet,
  { clear, list: listAgain }: Uses,
) {
  const framing = make('button', frameByFinger, { type: 'button', 'aria-pressed': 'false' });
  const clearing = make('button', removeFrame, { type: 'button' });
  const controls = make('p', '', { class: 'try-controls' });
  const said = make('p', '', { class: 'map-said', role: 'status' });
  const list = make('p', '', { class: 'map-images', 'data-image-list': '' });
  clearing.disabled = true;
  framing.hidden = navigator.maxTouchPoints === 0;
  controls.append(framing, clearing);
  part.append(controls, said, list);
  part.hidden = false;
  framing.addEventListener('click', () => {
    const isFraming = framing.getAttribute('aria-pressed') !== 'true';
    framing.setAttribute('aria-pressed', String(isFraming));
    part.closest('figure')?.classList.toggle('framing', isFraming);
  });
  clearing.addEventListener('click', clear);
  return {
    isFraming: () => framing.getAttribute('aria-pressed') === 'true',
    /** Says what is in the frame; null where there is none. */
    show(chosen: readonly MapPoint[] | null) {
      clearing.disabled = chosen === null;
      say(said, chosen === null ? '' : amountOf(chosen));
      if (chosen?.some(({ isWrong }) => isWrong)) said.append(' ', toList(listAgain));
      list.replaceChildren();
      for (const picture of picturesOf(chosen ?? [], testSet)) list.append(picture);
    },
  };
}

const frameByFinger: Text = { en: 'Frame with a finger', ko: '손가락으로 사각형 그리기' };
const removeFrame: Text = { en: 'Remove the frame', ko: '사각형 지우기' };
const inList: Text = { en: 'Show them in the list of mistakes', ko: '틀린 예측 목록에서 보기' };

function toList(list: () => void): HTMLAnchorElement {
  const link = make('a', inList, { href: '#mistakes' });
  link.addEventListener('click', list);
  return link;
}

function amountOf(chosen: readonly MapPoint[]): Text {
  if (chosen.length === 0) {
    return { en: 'There is no image in this frame.', ko: '사각형 안에 이미지가 없습니다.' };
  }
  const wrong = formatCount(chosen.filter(({ isWrong }) => isWrong).length);
  return {
    en: `${formatPlural(chosen.length, 'image')} in the frame, ${wrong} misclassified.`,
    ko: `사각형 안에 이미지 ${formatCount(chosen.length)}장이 있고, 그중 ${wrong}장을 틀렸습니다.`,
  };
}

/** The mistakes first. */
function picturesOf(chosen: readonly MapPoint[], testSet: TestSet): HTMLElement[] {
  const sorted = [...chosen].sort(
    (a, b) => Number(b.isWrong) - Number(a.isWrong) || a.index - b.index,
  );
  return sorted
    .flatMap(({ index, isWrong }) => {
      const picture = imagePicture(testSet, index);
      return picture ? [linkOf(index, picture, isWrong, nameOf(testSet, index))] : [];
    })
    .slice(0, mostPictures);
}

function linkOf(
  index: number,
  picture: HTMLElement,
  isWrong: boolean,
  name: Text,
): HTMLAnchorElement {
  const link = imageLink(index);
  link.classList.toggle('wrong', isWrong);
  picture.setAttribute('aria-hidden', 'true');
  describe(link, 'aria-label', name);
  describe(link, 'title', name);
  link.append(picture);
  return link;
}
