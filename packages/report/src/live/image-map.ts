/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// The map of images at work: it shows the image of a point, and lists those that one frames.
import { describe, find, make, whenNear } from '@convbook/page/browser';
import type { Text } from '@convbook/page/text';
import { createMapAnswers } from './map-answers.ts';
import { createMapCard } from './map-card.ts';
import { createMapField } from './map-field.ts';
import { onMapKeys } from './map-keys.ts';
import { onMapPointer } from './map-pointer.ts';
import { nearestPoint, pointsIn, type MapFrame, type MapPoint } from './map-points.ts';
import type { TestSet } from './test-set.ts';

/** Receives the places in the test set of the images in the frame; null where there is none. */
export type Restrict = (indexes: readonly number[] | null) => void;

/** How far from a point, in pixels, a pointer finds it. */
const reach = { mouse: 14, touch: 30 };

/** Starts the map where the page has one; nothing is done before it comes near. */
export function createImageMap(testSet: TestSet, restrict: Restrict): void {
  const figure = document.querySelector<HTMLElement>('[data-image-map]');
  if (figure !== null) whenNear(figure, () => begin(figure, testSet, restrict));
}

function begin(figure: HTMLElement, testSet: TestSet, restrict: Restrict): void {
  const element = find<HTMLElement>('[data-map-field]', figure);
  const field = createMapField(element);
  const card = createMapCard(element, testSet, field);
  let frame: MapFrame | null = null;
  let current: MapPoint | null = null;

  const show = (point: MapPoint | null, isTouched = false) => {
    current = point;
    field.mark(point);
    card.show(point, isTouched);
  };
  const choose = (next: MapFrame | null) => {
    const hadNone = frame === null;
    frame = next;
    const chosen = frame === null ? [] : pointsIn(field.points(), frame);
    field.frame(frame, chosen);
    if (hadNone && frame === null) return;
    answers.show(frame === null ? null : chosen);
    list(chosen);
  };
  const list = (chosen: readonly MapPoint[]) =>
    restrict(chosen.length === 0 ? null : chosen.map(({ index }) => index));
  const answers = createMapAnswers(find('[data-map-answers]', figure), testSet, {
    clear() {
      choose(null);
      // The button is disabled now, and would take the focus with it.
      element.focus({ preventScroll: true });
    },
    list: () => frame && list(pointsIn(field.points(), frame)),
  });
  const near = (event: MouseEvent, pixels: number) => {
    const { x, y } = field.place(event);
    return nearestPoint(field.points(), x, y, field.units(pixels));
  };
  onMapPointer(element, {
    isFraming: answers.isFraming,
    place: (event) => field.place(event),
    hover: (event) => show(event && near(event, reach.mouse)),
    tap: (event) => show(near(event, reach.touch), true),
    click(event) {
      show(near(event, reach.mouse));
      if (current) card.open();
    },
    drag: (shown) => field.frame(shown, pointsIn(field.points(), shown)),
    done: choose,
  });
  onMapKeys(element, {
    points: () => field.points(),
    middle: { x: field.width / 2, y: field.height / 2 },
    current: () => current,
    show: (point) => show(point, true),
    open: () => card.open(),
    drag: (shown) => field.frame(shown, pointsIn(field.points(), shown)),
    done: choose,
  });
  startLegend(find('[data-map-legend]', figure), (isOwn, isShown) => {
    field.toggle(isOwn, isShown);
    show(null);
    choose(frame);
  });
  find<HTMLElement>('[data-map-hint]').hidden = false;
  element.tabIndex = 0;
  element.setAttribute('role', 'application');
  element.classList.add('live');
  describe(element, 'aria-label', fieldName);
}

const fieldName: Text = {
  en: 'Map of test images: arrow keys go from image to image, Enter opens, Space begins and ends a frame, Escape removes it',
  ko: '시험 이미지 지도: 화살표 키로 옮기고, Enter로 열고, 스페이스 바로 사각형을 시작하고 끝내며, Esc로 지웁니다',
};

/** Makes buttons of the classes, which show and hide their points. */
function startLegend(
  legend: HTMLElement,
  toggle: (isOwn: (label: number) => boolean, isShown: boolean) => void,
): void {
  const items = [...legend.querySelectorAll<HTMLElement>('[data-label]')];
  const named = new Set(items.map(({ dataset }) => Number(dataset.label)));
  for (const item of items) {
    const button = make('button', '', { type: 'button', 'aria-pressed': 'true' });
    for (const child of [...item.childNodes]) button.append(child);
    item.append(button);
    const label = Number(item.dataset.label);
    const isOwn = (other: number) => (Number.isNaN(label) ? !named.has(other) : other === label);
    button.addEventListener('click', () => {
      const isShown = button.getAttribute('aria-pressed') !== 'true';
      button.setAttribute('aria-pressed', String(isShown));
      toggle(isOwn, isShown);
    });
  }
}
