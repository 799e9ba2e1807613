import { toAnswer } from '@convbook/runtime/network';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { answerTable } from './answer-table.ts';

const answer = (probabilities: number[], classNames: readonly string[]) =>
  toAnswer({ logits: probabilities, probabilities }, classNames);

test('columns are as wide as their words, Hangul two columns a letter', () => {
  const words = { sources: ['a.png', '고양이.png'], classNames: ['개', 'cat'] };
  const table = answerTable({ ...words, top: 2, isRead: true });
  const source = { source: '고양이.png', label: '개', picture: 'scaled' };
  expect([table.head, table.lines(source, answer([0.25, 0.75], words.classNames))].join('\n')).toBe(
    `image       class  probability
고양이.png  cat         75.00%
            개          25.00%
  label: 개
  read: scaled`,
  );
});

test('how pictures were read is said where it changes', () => {
  const words = { sources: ['a', 'b'], classNames: ['cat'], top: 1, isRead: true };
  const { lines } = answerTable(words);
  const said = ['scaled', 'scaled', 'cut', 'scaled'].map((picture) =>
    lines({ source: 'a', picture }, answer([1], words.classNames))
      .split('\n')
      .slice(1),
  );
  expect(said).toEqual([['  read: scaled'], [], ['  read: cut'], ['  read: scaled']]);
});

test('no line has more than 80 columns, and a long name keeps both ends', () => {
  const name = `${'very '.repeat(30)}long 🐈`;
  const file = `${'고양이/'.repeat(30)}1.png`;
  const words = { sources: [file], classNames: [name, 'b'], top: 1, isRead: false };
  const lines = answerTable(words).lines(
    { source: file, picture: 'scaled' },
    answer([0.4, 0.3], words.classNames),
  );
  const [row, doubt] = lines.split('\n');
  expect(stringWidth(row)).toBe(80);
  expect(row).toMatch(/^고양이\/.*….*\/1\.png +very .*….*long 🐈 +40\.00%$/u);
  expect(doubt).toBe('  doubtful: no class has half of the probability');
});

test('control characters of names do not reach the terminal', () => {
  const words = { sources: ['a\u001b[2J'], classNames: ['b\u202e'], top: 1, isRead: false };
  expect(answerTable(words).lines({ source: 'a\u001b[2J' }, answer([1], words.classNames))).toBe(
    'a\\u{1b}[2J  b\\u{202e}      100.00%',
  );
});
