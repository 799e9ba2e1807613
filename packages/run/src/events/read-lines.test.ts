import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { endOfLastLine, readLines } from './read-lines.ts';
import { longestLine } from '../checks/limits.ts';

const folder = mkdtempSync(join(tmpdir(), 'convbook-lines-'));
const file = join(folder, 'log');
afterAll(() => rmSync(folder, { recursive: true }));

function opened<Value>(text: string, use: (descriptor: number) => Value): Value {
  writeFileSync(file, text);
  const descriptor = openSync(file, 'r');
  try {
    return use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const text = 'one\n\n둘\nthree and more\nfour\n';
const size = Buffer.byteLength(text);

describe('readLines', () => {
  test.each([1, 2, 3, 5, 7, 16, 100])('gives each line whole in blocks of %i bytes', (bytes) => {
    const blocks = opened(`${text}rest`, (file) => [...readLines(file, 0, size + 4, bytes)]);
    expect(blocks.flatMap(({ lines }) => lines)).toEqual(text.trimEnd().split('\n'));
    expect(blocks.at(-1)?.end).toBe(size);
  });

  test('begins and stops where it is told', () => {
    const blocks = opened(text, (file) => [...readLines(file, 4, size - 1)]);
    expect(blocks).toEqual([{ lines: ['', '둘', 'three and more'], end: size - 5 }]);
    expect(opened(text, (file) => [...readLines(file, size, size)])).toEqual([]);
  });

  test('ends with the file where that is shorter', () => {
    const blocks = opened(text, (file) => [...readLines(file, 0, 1000)]);
    expect(blocks.at(-1)?.end).toBe(size);
  });

  test('cuts off a line that is too long, and goes no further', () => {
    const long = `a\n${'x'.repeat(3 * longestLine)}\nb\n`;
    const blocks = opened(long, (file) => [...readLines(file, 0, long.length, 1000)]);
    const lines = blocks.flatMap((block) => block.lines);
    expect(lines.map(({ length }) => length)).toEqual([1, longestLine + 1]);
  });
});

test.each([
  ['', 0],
  ['rest', 0],
  ['\n', 1],
  ['a\nb\nrest that is longer', 4],
  ['a\n', 2],
])('endOfLastLine of %j is %i', (text, end) => {
  for (const bytes of [1, 3, 100]) {
    expect(opened(text, (file) => endOfLastLine(file, text.length, bytes))).toBe(end);
  }
});
