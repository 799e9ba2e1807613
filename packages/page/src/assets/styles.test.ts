import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const styles = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.css'))
  .map((name) => [name, readFileSync(`${import.meta.dirname}/${name}`, 'utf8')] as const);

/** The selectors of a sheet, one by one. */
function selectorsOf(sheet: string): string[] {
  const rules = sheet.replaceAll(/\/\*.*?\*\//gs, '').matchAll(/([^{};]+)\{/g);
  return [...rules].flatMap(([, selectors]) => selectors.split(',').map((one) => one.trim()));
}

// A text stands in the page as a span for each language: a rule for any span would catch these too.
test.each(styles)('%s has no rule that catches the spans of languages by accident', (_, sheet) => {
  const bare = selectorsOf(sheet).filter((selector) =>
    /(^|[\s>+~])span(?![\w[.:-])/.test(selector),
  );
  expect(bare).toEqual([]);
});
