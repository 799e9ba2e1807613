import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The violations that axe calls serious or critical, with the first elements it is about. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  // For rules that pass, axe describes only the first element: describing all takes most of the time.
  const { violations, passes } = await page.evaluate<AxeResults>(
    `axe.run({ resultTypes: ['violations'] })`,
  );
  expect(passes.length).toBeGreaterThan(10);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => {
      const elements = nodes.slice(0, 3).map(({ html }) => html.slice(0, 160));
      return `${id}: ${help}; ${nodes.length} times, as ${elements.join(' and ')}`;
    });
}
