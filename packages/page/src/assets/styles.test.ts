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

/** Sheets of every page, which share classes. */
const frame = new Set(['code.css', 'navigation.css', 'page.css']);

// Two parts of a page that give their classes one name would change each other's look.
test('each class is styled by one sheet, but for paper', () => {
  const owners = new Map<string, Set<string>>();
  for (const [name, sheet] of styles.filter(([name]) => name !== 'print.css')) {
    for (const selector of selectorsOf(sheet).filter((one) => /^\.[\w-]+$/.test(one))) {
      const known = owners.get(selector) ?? new Set();
      owners.set(selector, known.add(frame.has(name) ? 'frame' : name));
    }
  }
  const shared = [...owners].filter(([, names]) => names.size > 1);
  expect(shared.map(([selector, names]) => `${selector}: ${[...names].join(', ')}`)).toEqual([]);
});
