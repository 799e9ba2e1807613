import { expect, test } from 'vitest';
import { augmentationText } from './augmentation-text.ts';

const none = { shift: 0, rotation: 0, scale: 0, elastic: 0 };

test.each([
  [{ rotation: 10 }, 'Here each is turned by up to 10°.', '여기서 쓴 변형: 최대 10° 회전.'],
  [
    { scale: 0.1, crop: 4, flip: 0.5 },
    'Here each is made up to 10% larger or smaller, mirrored left to right with probability 0.5, cut at a random place after a border of 4 pixels of zeros is added.',
    '여기서 쓴 변형: 크기 최대 ±10%, 확률 0.5로 좌우 반전, 4픽셀의 0 테두리를 두르고 임의의 위치에서 자르기.',
  ],
])('%j is said in words', (settings, en, ko) => {
  expect(augmentationText({ ...none, ...settings })).toEqual({ en, ko });
});
