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

// All sheets may stand in one page: what two of them call alike would look like both. Print
// changes what others have made.
test('a class is styled by itself in one sheet', () => {
  const shared = new Set(['contents', 'cell', 'fold']);
  const homes = new Map<string, Set<string>>();
  for (const [name, sheet] of styles.filter(([name]) => name !== 'print.css')) {
    for (const selector of selectorsOf(sheet)) {
      const [, own] = /^\.([\w-]+)$/.exec(selector) ?? [];
      if (own) homes.set(own, (homes.get(own) ?? new Set()).add(name));
    }
  }
  const twice = [...homes].filter(([own, { size }]) => size > 1 && !shared.has(own));
  expect(twice).toEqual([]);
  expect(homes.size).toBeGreaterThan(100);
});
