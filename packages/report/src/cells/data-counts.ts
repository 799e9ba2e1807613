// How many images each class has.
import { highest, lowest } from '@convbook/core';
import {
  formatCount,
  formatPercent,
  hidden,
  html,
  renderTable,
  type Html,
  type Text,
} from '@convbook/page';
import type { DatasetRecord } from '@convbook/run';

/** Most classes in the table, and most that are named. */
const most = { rows: 100, named: 10 };

/** The largest and the smallest class. */
export function balance({ train, classNames }: DatasetRecord): Text {
  const most = highest(train.perClass);
  const least = lowest(train.perClass);
  const name = (count: number) => classNames[train.perClass.indexOf(count)];
  if (most === least) {
    return {
      en: 'Every class has the same number of training images.',
      ko: '모든 클래스의 훈련 이미지 수가 같습니다.',
    };
  }
  const [large, small] = [most, least].map((count) => formatPercent(count / train.samples, 1));
  return {
    en: `The largest class in training is ${name(most)} with ${large} of the images, the smallest ${name(least)} with ${small}.`,
    ko: `훈련 이미지가 가장 많은 클래스: ${name(most)}(${large}), 가장 적은 클래스: ${name(least)}(${small}).`,
  };
}

/** The classes without images in a set, a paragraph each. */
export function missing({ train, validation, test, classNames }: DatasetRecord): Html[] {
  const sets = [
    { part: train, en: 'training', ko: '훈련' },
    { part: validation, en: 'validation', ko: '검증' },
    { part: test, en: 'test', ko: '시험' },
  ];
  return sets.flatMap(({ part, en, ko }) => {
    const names = classNames.filter((_, label) => part?.perClass[label] === 0);
    const shown = firstOf(names);
    const text = {
      en: `Classes without ${en} images: ${shown}.`,
      ko: `${ko} 이미지가 없는 클래스: ${shown}.`,
    };
    return names.length === 0 ? [] : [html`<p>${text}</p>`];
  });
}

/** The images of each class, in a table. */
export function countTable(
  { train, test, classNames }: DatasetRecord,
  weights: readonly number[] | undefined,
): Html {
  const rows = countedClasses(train.perClass);
  const high = Math.max(1, highest(train.perClass));
  return renderTable<number>({
    caption: countCaption(rows.length, classNames.length),
    style: 'data bars names',
    isTall: true,
    columns: [
      { head: { en: 'Class', ko: '클래스' }, heading: true, value: (k) => classNames[k] },
      {
        head: { en: 'Training', ko: '훈련' },
        numeric: true,
        value: (k) => formatCount(train.perClass[k]),
      },
      {
        head: hidden({ en: 'Share of the largest class', ko: '가장 큰 클래스에 대한 비율' }),
        value: (k) =>
          html`<span class="bar" style="--share:${(train.perClass[k] / high).toFixed(3)}"></span>`,
      },
      ...(weights === undefined
        ? []
        : [
            {
              head: { en: 'Weight in the loss', ko: '손실의 가중치' },
              numeric: true,
              value: (k: number) => weights[k].toFixed(3),
            },
          ]),
      {
        head: { en: 'Test', ko: '시험' },
        numeric: true,
        value: (k) => formatCount(test.perClass[k]),
      },
    ],
    rows,
    total: [
      { en: 'Total', ko: '합계' },
      formatCount(train.samples),
      null,
      ...(weights === undefined ? [] : [null]),
      formatCount(test.samples),
    ],
  });
}

/** Every class, or of many those with the most and those with the fewest training images. */
function countedClasses(counts: readonly number[]): number[] {
  const classes = [...counts.keys()];
  if (classes.length <= most.rows) return classes;
  const byCount = classes.sort((a, b) => counts[b] - counts[a] || a - b);
  const half = most.rows / 2;
  return [...byCount.slice(0, half), ...byCount.slice(-half)];
}

function countCaption(shown: number, all: number): Text {
  if (shown === all) return { en: 'Images of each class', ko: '클래스별 이미지 수' };
  const [half, whole, rest] = [shown / 2, all, all - shown].map(formatCount);
  return {
    en: `Images of the ${half} classes with the most and the ${half} with the fewest training images, of ${whole}; ${rest} are left out`,
    ko: `클래스 ${whole}개 중 훈련 이미지가 가장 많은 ${half}개와 가장 적은 ${half}개의 이미지 수(${rest}개 생략)`,
  };
}

/** Fewer training images hardly show what a class looks like. */
const few = 10;

/** The classes with few training images. */
export function fewImages({ train, classNames }: DatasetRecord): Html | null {
  const names = classNames.flatMap((name, label) => {
    const count = train.perClass[label];
    return count > 0 && count < few ? [`${name} (${count})`] : [];
  });
  if (names.length === 0) return null;
  const shown = firstOf(names);
  return html`<p>
    ${{
      en: `Classes with fewer than ${few} training images: ${shown}.`,
      ko: `훈련 이미지가 ${few}장보다 적은 클래스: ${shown}.`,
    }}
  </p>`;
}

function firstOf(names: readonly string[]): string {
  return `${names.slice(0, most.named).join(', ')}${names.length > most.named ? ', …' : ''}`;
}
