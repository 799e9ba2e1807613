/// <reference lib="dom" />
import { describe, make } from '@convbook/page/browser';
import { formatProbability, languages, type Text } from '@convbook/page/text';
import { imageLink, imagePicture } from './image-link.ts';
import type { TestAnswer, TestSet } from './test-set.ts';

/** A test image that leads to the inspector, with its prediction and its label: as `sampleCard` of the cells. */
export function imageTile(testSet: TestSet, answer: TestAnswer): HTMLElement {
  const { index, label, prediction, predictionProbability, labelProbability } = answer;
  const [said, given] = [prediction, label].map((k) => testSet.classNames[k]);
  const [link, picture] = [imageLink(index), imagePicture(testSet, index)];
  if (picture) {
    picture.setAttribute('role', 'img');
    describe(picture, 'aria-label', altOf(index, given, said));
    link.append(picture);
  }
  const caption = make('figcaption');
  const words = named(predicted, said, predictionProbability);
  if (label !== prediction) words.className = 'said';
  caption.append(
    words,
    named(labelled, given, labelProbability),
    make('span', `#${index}`, { class: 'index' }),
  );
  const tile = make('figure', '', { class: 'mistake' });
  tile.append(link, caption);
  return tile;
}

const predicted: Text = { en: 'predicted', ko: '예측' };
const labelled: Text = { en: 'label', ko: '정답' };

function altOf(index: number, label: string, prediction: string): Text {
  return {
    en: `Test image ${index}, label ${label}, predicted as ${prediction}`,
    ko: `시험 이미지 ${index}, 정답 ${label}, 예측 ${prediction}`,
  };
}

/** A word, a class and its probability. */
function named(word: Text, name: string, probability: number): HTMLSpanElement {
  const line = make('span');
  for (const lang of languages) line.append(make('span', word[lang], { lang }));
  line.append(' ', make('b', name), ` ${formatProbability(probability)}`);
  return line;
}
