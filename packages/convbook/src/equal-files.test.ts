import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { areFilesEqual } from './equal-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'convbook-equal-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['', '', true],
  ['abcdefgh', 'abcdefgh', true],
  ['abcdefgh', 'abcdefgx', false],
  ['abcd', 'abcdefgh', false],
  ['abcdefg', 'abcdefgh', false],
  ['', 'a', false],
])('%j and %j: %j', async (a, b, isEqual) => {
  const [first, second] = ['a', 'b'].map((name) => join(folder, name));
  writeFileSync(first, a);
  writeFileSync(second, b);
  expect(await areFilesEqual(first, second, 4)).toBe(isEqual);
});
