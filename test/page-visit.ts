// The actions of tests on a page that classifies, and what they listen for.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A page, and all that it said or asked for that it should not have. */
export interface Visit {
  readonly page: Page;
  readonly noticed: readonly string[];
}

/**
 * Opens an address in a page of its own and listens.
 *
 * @param mayAsk Whether the page may ask for this address.
 */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
  mayAsk = (asked: string) => asked === url,
): Promise<Visit> {
  const page = await browser.newPage(options);
  const noticed: string[] = [];
  page.on('console', (message) => noticed.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => noticed.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const asked = request.url();
    if (!/^(data|blob):/.test(asked) && !mayAsk(asked)) noticed.push(`request: ${asked}`);
  });
  await page.goto(url);
  return { page, noticed };
}

/** Drops files on the page, or pastes them. */
export async function giveFiles(
  page: Page,
  how: 'drop' | 'paste',
  files: readonly string[],
): Promise<void> {
  const given = files.map((file) => ({
    name: path.basename(file),
    base64: readFileSync(file).toString('base64'),
  }));
  await page.evaluate(`(() => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of ${JSON.stringify(given)}) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], name));
    }
    const options = { bubbles: true, cancelable: true };
    document.body.dispatchEvent(${
      how === 'drop'
        ? `new DragEvent('drop', { ...options, dataTransfer: transfer })`
        : `new ClipboardEvent('paste', { ...options, clipboardData: transfer })`
    });
  })()`);
}

/** The violations that axe finds, each with the first elements it is about. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate<AxeResults>(
    `axe.run({ resultTypes: ['violations'] })`,
  );
  if (passes.length < 10)
    throw new Error(`axe: expected more rules that pass, got ${passes.length}`);
  return violations.map(({ id, help, nodes }) => {
    const elements = nodes.slice(0, 3).map(({ html }) => html.slice(0, 160));
    return `${id}: ${help}; ${nodes.length} times, as ${elements.join(' and ')}`;
  });
}
