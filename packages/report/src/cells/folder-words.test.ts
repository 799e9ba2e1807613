import { html } from '@convbook/page';
import { expect, test } from 'vitest';
import { attributionText, layoutText, reasonText } from './folder-words.ts';

test.each([
  ['a folder a class', '클래스마다 폴더가 하나씩 있는'],
  ['the list labels.csv', '목록 파일(labels.csv)을 따르는'],
  [
    'train/ and test/ with a folder a class',
    '훈련용 폴더(train/)와 시험용 폴더(test/)로 나뉘고 클래스마다 폴더가 하나씩 있는',
  ],
  ['of another version', '<code>of another version</code>'],
])('a folder read as %s', (layout, ko) => {
  const text = layoutText(layout);
  expect(text.en).toBe(layout);
  expect(String(html`${text.ko}`)).toBe(ko);
});

test.each([
  ['hidden and system files', '숨김 파일과 시스템 파일'],
  ['files outside train/ and test/', '폴더 train/, test/ 밖의 파일'],
  ['of another version', '<code>of another version</code>'],
])('passed over: %s', (reason, ko) => {
  expect(String(html`${reasonText(reason).ko}`)).toBe(ko);
});

test.each([
  ['Pictures from the folder shapes', '폴더 shapes의 그림'],
  [
    'Pictures from the folder a; b; 2 damaged ones are passed over; 3 copies are left out of training',
    '폴더 a; b의 그림; 손상된 그림 2장은 읽지 않음; 중복된 이미지 3장은 훈련에서 뺌',
  ],
  ['IDX files from the folder digits', '폴더 digits의 IDX 파일'],
  ['NumPy arrays from x.npz', '파일 x.npz의 NumPy 배열'],
  [
    'Made by Convbook from seed 4: gratings in noise',
    'Convbook이 시드 4에서 만든, 잡음 섞인 줄무늬',
  ],
])('%s', (attribution, ko) => {
  expect(attributionText(attribution)).toEqual({ en: attribution, ko });
});

test('the credit of a known data set stays as it is', () => {
  expect(attributionText('CIFAR-10, Alex Krizhevsky, 2009')).toBe(null);
});
