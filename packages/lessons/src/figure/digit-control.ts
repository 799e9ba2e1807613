import type { Text } from '@convbook/page/markup';
import type { RangeControl } from './figure.ts';

/** Test images of each class among the hundred digits. */
const perClass = 10;

/** Chooses one of the hundred digits. */
export function imageControl<State extends { readonly image: number }>(): RangeControl<State> {
  return {
    kind: 'range',
    label: { en: 'Image', ko: '이미지' },
    least: 1,
    most: () => 10 * perClass,
    get: ({ image }) => image + 1,
    set: (state, value) => ({ ...state, image: value - 1 }),
    shown: (value) => imageName(value - 1),
  };
}

/** `7, no. 3`. */
function imageName(image: number): Text {
  const [digit, place] = [Math.floor(image / perClass), (image % perClass) + 1];
  return { en: `${digit}, no. ${place}`, ko: `${digit}의 ${place}번째` };
}
