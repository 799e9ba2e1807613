import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeInChromium, launchChromium, settlePage } from '@convbook/page/testing';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRun } from '@convbook/run';
import { writeComparison, writeNotebook } from '../index.ts';
import { toBenchmarkReport } from '../testing/benchmark-report.ts';
import { writeBenchmark } from './benchmark/write-benchmark.ts';

describeInChromium('code that is copied in Chromium', () => {
  const root = temporaryDirectory();
  const files: Record<string, string> = {};
  let browser: Browser;

  beforeAll(async () => {
    const runs = ['a', 'b'].map((name) => writeSyntheticRun(join(root, name)));
    files.notebook = await writeNotebook(runs[0]);
    files.comparison = await writeComparison(runs, join(root, 'comparison.html'));
    files.benchmark = await writeBenchmark(toBenchmarkReport(), join(root, 'bench.html'));
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function open(url: string, options: BrowserContextOptions = {}): Promise<Page> {
    const permissions = ['clipboard-read', 'clipboard-write'];
    const context = await browser.newContext({ offline: true, permissions, ...options });
    const page = await context.newPage();
    await page.goto(url);
    if (options.javaScriptEnabled !== false) await settlePage(page);
    return page;
  }

  const urlOf = (name: string) => pathToFileURL(files[name]).href;
  const copied = (page: Page) => page.evaluate('navigator.clipboard.readText()');
  const command = (page: Page) => page.locator('.command + [data-copy]').first();

  test('by mouse: a command exactly as it is typed, and the button says so', async () => {
    const page = await open(urlOf('notebook'));
    const button = page.locator('#configuration .command + [data-copy]').first();
    await button.click();
    await button.getByText('Copied', { exact: true }).waitFor();
    const { record } = readRun(join(root, 'a'));
    expect(await copied(page)).toBe(record.command);
    await expect.poll(() => button.innerText()).toMatch(/^Copy\b/);
    await page.context().close();
  });

  test('by keyboard: the code of a fold, in Korean', async () => {
    const page = await open(`${urlOf('notebook')}?lang=ko`);
    const fold = page.locator('details.fold:has(.code)').first();
    await fold.locator('summary').press('Enter');
    await fold.getByRole('button', { name: '코드 복사' }).press('Enter');
    await fold.getByText('복사됨', { exact: true }).waitFor();
    const code = await fold.locator('code').textContent();
    expect(code).toMatch(/^import /);
    expect(await copied(page)).toBe(code);
    await page.context().close();
  });

  test('by touch in a narrow window: the button covers no text', async () => {
    const page = await open(urlOf('notebook'), {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    });
    const overlaps =
      await page.evaluate(`[...document.querySelectorAll('.command')].some((block) => {
      const button = block.nextElementSibling.getBoundingClientRect();
      return [...block.querySelectorAll('span')].some((words) =>
        [...words.getClientRects()].some((line) =>
          Math.min(line.right, block.getBoundingClientRect().right) > button.left && line.top < button.bottom));
    })`);
    expect(overlaps).toBe(false);
    await command(page).tap();
    await page.getByText('Copied', { exact: true }).first().waitFor();
    await page.context().close();
  });

  test.each(['comparison', 'benchmark'])('%s', async (name) => {
    const page = await open(urlOf(name));
    if (name === 'comparison') await page.locator('details:has(.code) summary').last().click();
    const button = page.locator('[data-copy]').first();
    const code = await page.locator('.copyable code').first().textContent();
    await button.click();
    await expect.poll(() => copied(page)).toBe(String(code).trim());
    await page.context().close();
  });

  test('where a page may not write to the clipboard, the code is selected', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    // Not a secure context, as http://127.0.0.1 would be.
    await page.route('http://notebook.test/', (route) => route.fulfill({ path: files.benchmark }));
    await page.goto('http://notebook.test/');
    const code = await page.locator('.copyable code').first().textContent();
    await command(page).click();
    await page.getByText('Selected', { exact: true }).waitFor();
    expect(await page.evaluate('getSelection().toString().trim()')).toBe(String(code).trim());
    await page.context().close();
  });

  test('without JavaScript no button is shown', async () => {
    const page = await open(urlOf('notebook'), { javaScriptEnabled: false });
    expect(await page.locator('.command').first().isVisible()).toBe(true);
    expect(await page.locator('[data-copy]:visible').count()).toBe(0);
    await page.context().close();
  });
});
