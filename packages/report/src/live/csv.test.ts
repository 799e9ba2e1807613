import { describe, expect, test } from 'vitest';
import { predictionsCsv } from './csv.ts';
import type { TestSet } from './test-set.ts';

/** Right answers to one image of each class, of this probability. */
function testSetOf(classNames: readonly string[], probability = 0.5): TestSet {
  return {
    classNames,
    count: classNames.length,
    shape: [1, 1, 1],
    kept: [],
    image: () => null,
    answer: (index) => ({
      index,
      label: index,
      prediction: (index + 1) % classNames.length,
      predictionProbability: probability,
      labelProbability: 1 - probability,
    }),
  };
}

/** Records of a text by the grammar of RFC 4180. */
function parse(text: string): string[][] {
  const records: string[][] = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (pattern.lastIndex < text.length) {
    const from = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) throw new Error(`no field at ${from}: ${text.slice(from, from + 40)}`);
    const [, quoted, plain, end] = match;
    records.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') records.push([]);
  }
  return records.slice(0, -1);
}

describe('predictionsCsv', () => {
  test('has the columns it says, and a line for each image', () => {
    const [head, ...lines] = parse(predictionsCsv(testSetOf(['cat', 'dog'], 0.75)));
    expect(head).toEqual([
      'index',
      'label',
      'label_name',
      'prediction',
      'prediction_name',
      'prediction_probability',
      'label_probability',
    ]);
    expect(lines).toEqual([
      ['0', '0', 'cat', '1', 'dog', '0.75', '0.25'],
      ['1', '1', 'dog', '0', 'cat', '0.75', '0.25'],
    ]);
  });

  test.each([
    ['a comma', 'salt, pepper', 'salt, pepper'],
    ['quotes', 'the "best"', 'the "best"'],
    ['a line break', 'two\r\nlines', 'two\r\nlines'],
    ['nothing', '', ''],
    ['a formula', '=HYPERLINK("http://x";"y")', '\'=HYPERLINK("http://x";"y")'],
    ['a plus', '+1', "'+1"],
    ['a minus', '-1', "'-1"],
    ['an at sign', '@SUM(A1)', "'@SUM(A1)"],
    ['a tab', '\t=1', "'\t=1"],
    ['a break before a formula', '\r=1', "'\r=1"],
    ['a formula inside', 'a=1', 'a=1'],
  ])('a name with %s stays one field of text', (_, name, expected) => {
    const lines = parse(predictionsCsv(testSetOf([name, 'b'])));
    expect(lines[1][2]).toBe(expected);
    expect(lines.map(({ length }) => length)).toEqual([7, 7, 7]);
  });

  test.each([1e-30, 1 - 2 ** -24, 0.1, 1 / 3, 2 ** -149])(
    'the probability %d can be read back to the bit',
    (probability) => {
      const stored = Math.fround(probability);
      const [, line] = parse(predictionsCsv(testSetOf(['a'], stored)));
      expect(Math.fround(Number(line[5]))).toBe(stored);
    },
  );

  test('only names beyond ASCII have a byte order mark before them', () => {
    expect(predictionsCsv(testSetOf(['cat']))).toMatch(/^index/);
    expect(predictionsCsv(testSetOf(['고양이']))).toMatch(/^\uFEFFindex/);
  });
});
