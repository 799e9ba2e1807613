import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeInChromium, launchChromium, settlePage } from '@convbook/page/testing';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeComparison, writeRunsIndex } from '../index.ts';

describeInChromium('runs chosen in the list, in Chromium', () => {
  const root = temporaryDirectory();
  const names = ['one', 'second run', ...Array.from({ length: 8 }, (_, k) => `run-${k}`)];
  let url = '';
  let browser: Browser;

  beforeAll(async () => {
    const runs = names.map((name) => writeSyntheticRun(join(root, name)));
    await writeComparison(runs.slice(0, 2), join(root, 'comparison-one+second run.html'));
    url = pathToFileURL(await writeRunsIndex(root)).href;
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function open(options: BrowserContextOptions = {}, language = 'en'): Promise<Page> {
    const permissions = ['clipboard-read', 'clipboard-write'];
    const context = await browser.newContext({ offline: true, permissions, ...options });
    const page = await context.newPage();
    await page.goto(`${url}?lang=${language}`);
    if (options.javaScriptEnabled !== false) await settlePage(page);
    return page;
  }

  const box = (page: Page, name: string) => page.locator(`[data-run="${name}"]`);
  const status = (page: Page) =>
    page
      .locator('.chosen-runs [role="status"]')
      .innerText()
      .then((text) => text.replaceAll(/\s+/g, ' ').trim());
  const copied = (page: Page) => page.evaluate('navigator.clipboard.readText()');

  test('by mouse: the command in the order chosen, copied exactly, and the comparison that is there', async () => {
    const page = await open();
    const command = page.locator('.chosen-runs .command');
    const made = page.locator('[data-made]');
    expect(await status(page)).toBe('Tick two to 8 runs to compare them.');
    await box(page, 'second run').click();
    await expect.poll(() => status(page)).toBe('Tick one more run.');
    expect(await command.isVisible()).toBe(false);
    await box(page, 'one').click();
    await expect
      .poll(() => status(page))
      .toBe('Compare 2 runs. Run this command; the first run is the reference:');
    await page.locator('.chosen-runs [data-copy]').click();
    await expect.poll(() => copied(page)).toBe("pnpm report --compare 'second run' one");
    await made.locator('a').click();
    await page.waitForURL(/comparison-one/);
    await page.context().close();
  });

  test('by keyboard: another choice has no comparison yet, and is cleared', async () => {
    const page = await open();
    await box(page, 'one').press('Space');
    await box(page, 'run-3').press('Space');
    const command = page.locator('.chosen-runs .command');
    await expect.poll(() => command.innerText()).toContain('--compare one run-3');
    expect(await page.locator('[data-made]').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Copy the command' }).press('Enter');
    await expect.poll(() => copied(page)).toBe('pnpm report --compare one run-3');
    await page.getByRole('button', { name: 'Clear the choice' }).press('Enter');
    await expect.poll(() => status(page)).toBe('Tick two to 8 runs to compare them.');
    expect(await box(page, 'one').isChecked()).toBe(false);
    expect(await page.evaluate('document.activeElement.dataset.run')).toBe('one');
    await page.context().close();
  });

  test('by touch in a narrow window, in Korean: nine runs are too many', async () => {
    const page = await open({ viewport: { width: 390, height: 844 }, hasTouch: true }, 'ko');
    for (const name of names.slice(0, 8)) await box(page, name).tap();
    await expect.poll(() => status(page)).toMatch(/^실행 8개 비교\./);
    await box(page, names[8]).tap();
    await expect
      .poll(() => status(page))
      .toBe('한 번에 8개까지 비교할 수 있습니다. 몇 개를 빼십시오.');
    expect(await page.locator('.chosen-runs .command').isVisible()).toBe(false);
    const widths = await page.evaluate<[number, number]>(
      '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
    );
    expect(widths[0]).toBe(widths[1]);
    await page.context().close();
  });

  test('a choice stays while the list is sorted', async () => {
    const page = await open();
    await box(page, 'one').check();
    await box(page, 'run-0').check();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    expect(await box(page, 'run-0').isChecked()).toBe(true);
    const command = page.locator('.chosen-runs .command');
    await expect.poll(() => command.innerText()).toContain('--compare one run-0');
    await page.context().close();
  });

  test('without JavaScript the form of the command stands there, and no box', async () => {
    const page = await open({ javaScriptEnabled: false });
    expect(await page.locator('[data-unscripted]').innerText()).toBe(
      'To compare runs, name two to 8 of them: pnpm report --compare RUN RUN',
    );
    expect(await box(page, 'one').isVisible()).toBe(false);
    expect(await page.locator('.chosen-runs').isVisible()).toBe(false);
    await page.context().close();
  });
});
