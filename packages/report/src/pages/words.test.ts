import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(ts|js)$/.test(file) && !file.endsWith('.test.ts'))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8').replaceAll(/\s+/g, ' ') }));

test.each(['would be bad', '좋지 않습니다', '좋지 않지만', '좋지 않으'])(
  'pages say what to do, not “%s”',
  (phrase) => {
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.filter(({ text }) => text.includes(phrase)).map(({ file }) => file)).toEqual([]);
  },
);
