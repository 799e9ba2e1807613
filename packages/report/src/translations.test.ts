import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { foreignWords } from '@convbook/page/testing';
import { findTexts } from '@convbook/page/testing/translations';
import { expect, test } from 'vitest';

/** Tests, and what speaks in the terminal. */
const others = /\.test\.ts$|^testing\/|^summary-text\.ts$/;
const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !others.test(file))
  .sort();
const found = files.map((file) =>
  findTexts(file, readFileSync(join(import.meta.dirname, file), 'utf8')),
);

test('findTexts tells texts in both languages from those in one', () => {
  const source = `
    const name = { en: 'layer', ko: '층' };
    const page = html\`<p title="a title">\${name} and more <code>conv</code></p>\`;
    const table = { caption: 'A caption', head: { en: \`\${n} units\`, ko: \`뉴런 \${n}개\` } };`;
  expect(findTexts('a.ts', source)).toEqual({
    korean: [
      { where: 'a.ts:2', text: '층' },
      { where: 'a.ts:4', text: '뉴런 0개' },
    ],
    untranslated: [
      { where: 'a.ts:3', text: '0 and more a title' },
      { where: 'a.ts:4', text: 'A caption' },
    ],
  });
});

test('no source says anything in English alone', () => {
  expect(found.flatMap(({ untranslated }) => untranslated)).toEqual([]);
});

test('what is written in Korean is Korean, in the sources of every cell', () => {
  const korean = found.flatMap((one) => one.korean);
  expect(korean.length).toBeGreaterThan(300);
  expect(korean.filter(({ text }) => foreignWords(text).length > 0)).toEqual([]);
});
