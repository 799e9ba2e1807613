import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describeInChromium, launchChromium, settlePage } from '@convbook/page/testing';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeComparison, writeNotebook, writeRunsIndex } from '../index.ts';

describeInChromium('in Chromium, from file://', () => {
  const root = temporaryDirectory();
  const urls: Record<string, string> = {};
  let browser: Browser;

  beforeAll(async () => {
    const run = writeSyntheticRun(join(root, 'run'), { filters: 30, testSamples: 900 });
    const long = '</script><img src=x onerror=alert(1)> and some other long words of a class name';
    const other = writeSyntheticRun(join(root, 'other'), {
      input: [3, 24, 48],
      filters: 9,
      classNames: ['plane', long, 'bird', 'cat', 'deer'],
    });
    urls.notebook = pathToFileURL(await writeNotebook(run)).href;
    urls.other = pathToFileURL(await writeNotebook(other)).href;
    const third = writeSyntheticRun(join(root, 'third'), { testSamples: 900, logitNoise: 3 });
    const comparison = join(root, 'comparison.html');
    urls.comparison = pathToFileURL(await writeComparison([run, third], comparison)).href;
    urls.list = pathToFileURL(await writeRunsIndex(root)).href;
    browser = await launchChromium();
  }, 180_000);

  afterAll(() => browser?.close());

  /** Opens a page in a context of its own and collects what it should not do. */
  async function open(name: string, options: BrowserContextOptions = {}) {
    const context = await browser.newContext({
      viewport: { width: 1200, height: 900 },
      offline: true,
      ...options,
    });
    const page = await context.newPage();
    const noticed: string[] = [];
    await page.exposeFunction('notice', (message: string) => noticed.push(message));
    await page.addInitScript(`document.addEventListener('securitypolicyviolation', (event) =>
      notice('refused: ' + event.violatedDirective + ' ' + event.blockedURI))`);
    page.on('console', (message) => noticed.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => noticed.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (request.url() !== urls[name] && !request.url().startsWith('data:')) {
        noticed.push(`request: ${request.url()}`);
      }
    });
    await page.goto(urls[name]);
    // The live cells show themselves when their model is ready.
    if (options.javaScriptEnabled !== false) {
      await page.locator('[data-live], table.runs, table.differences').first().waitFor();
      await settlePage(page);
    }
    return { page, noticed, close: () => context.close() };
  }

  const overflow = (page: Page) =>
    page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

  /** Alternative texts, names and sizes of the figures that do not show. */
  const hiddenFigures = (page: Page) =>
    page.evaluate(`[...document.querySelectorAll('main figure, main table, main .pixels')]
      .filter((element) => !element.closest('details:not([open]), .panel-images:not(:target)'))
      .filter((element) => !element.closest('[hidden]')) // what only works with a script
      .filter((element) => !element.checkVisibility() || element.getBoundingClientRect().width < 8
        || (element.complete === false || element.naturalWidth === 0))
      .map((element) => element.outerHTML.slice(0, 200))`);

  /** Opens what is there for the curious. */
  const openFolds = (page: Page) =>
    page.evaluate(`for (const fold of document.querySelectorAll('.curious')) fold.open = true`);

  const shownCharts = (page: Page) =>
    page.evaluate(
      `[...document.querySelectorAll('.chart svg')].filter((svg) => svg.getBoundingClientRect().height > 80).length`,
    );

  // How wide a page is does not depend on its colours.
  const views = [
    ['light', '1200 px', 1200],
    ['dark', '390 px', 390],
  ] as const;

  describe.each(['notebook', 'other', 'list', 'comparison'])('%s', (name) => {
    test.each(views)(
      '%s, %s: asks for nothing, says nothing, overflows nowhere, shows every figure',
      async (colorScheme, _, width) => {
        const { page, noticed, close } = await open(name, {
          colorScheme,
          viewport: { width, height: 844 },
        });
        expect(await hiddenFigures(page)).toEqual([]);
        expect(await overflow(page)).toBe(0);
        expect(noticed).toEqual([]);
        await close();
      },
    );

    test('without JavaScript shows every figure', async () => {
      const { page, noticed, close } = await open(name, { javaScriptEnabled: false });
      expect(await hiddenFigures(page)).toEqual([]);
      expect(noticed).toEqual([]);
      await close();
    });
  });

  test.each(['notebook', 'list', 'comparison'])(
    '%s: at 1280 px no table and no diagram is cut, folded or not',
    async (name) => {
      const { page, close } = await open(name, { viewport: { width: 1280, height: 900 } });
      await page.evaluate(
        `for (const fold of document.querySelectorAll('details')) fold.open = true`,
      );
      const cut = await page.evaluate(`[...document.querySelectorAll('.scroll')]
        .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
        .map((one) => one.getAttribute('aria-label'))`);
      expect(cut).toEqual([]);
      await close();
    },
  );

  test('the headings of the list and of a notebook stand upright; only its joining word is set apart', async () => {
    const styles = (page: Page) =>
      page.evaluate(`[...document.querySelectorAll('h1 span')].filter((one) => one.checkVisibility())
        .map((one) => [one.innerText, getComputedStyle(one).fontStyle].join(' '))`);
    const list = await open('list');
    expect(await styles(list.page)).toEqual(['Runs normal']);
    await list.close();
    const notebook = await open('notebook');
    expect(await styles(notebook.page)).toEqual(['on italic', 'on italic']);
    await notebook.close();
  });

  test('one chart of each pair shows, wide, narrow and without JavaScript', async () => {
    for (const options of [
      {},
      { viewport: { width: 390, height: 844 } },
      { javaScriptEnabled: false },
    ]) {
      const { page, close } = await open('notebook', options);
      await openFolds(page);
      expect(await shownCharts(page)).toBe(12);
      await close();
    }
  });

  test.each([true, false])('the switch works, with JavaScript %s', async (javaScriptEnabled) => {
    const { page, noticed, close } = await open('notebook', {
      colorScheme: 'light',
      javaScriptEnabled,
    });
    const paper = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await paper();
    await page.getByText('Dark', { exact: true }).click();
    const dark = await paper();
    expect(dark).not.toBe(light);
    await page.reload();
    expect(await paper()).toBe(javaScriptEnabled ? dark : light);
    expect(noticed).toEqual([]);
    await close();
  });

  test('the raw metrics and the specs of charts can be downloaded', async () => {
    const { page, noticed, close } = await open('notebook', { acceptDownloads: true });
    const download = async (name: string) => {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.locator(`a[download="${name}"]`).click(),
      ]);
      return readFileSync(await file.path());
    };
    const metrics = readFileSync(join(root, 'run', 'metrics.ndjson'));
    expect(gunzipSync(await download('metrics.ndjson.gz')).equals(metrics)).toBe(true);
    const spec = JSON.parse((await download('training-loss.vl.json')).toString()) as object;
    expect(spec).toMatchObject({ $schema: 'https://vega.github.io/schema/vega-lite/v6.json' });
    expect(noticed).toEqual([]);
    await close();
  });

  test.each([true, false])(
    'a count of the matrix opens its images by mouse and by Enter, with JavaScript %s',
    async (javaScriptEnabled) => {
      const { page, noticed, close } = await open('notebook', { javaScriptEnabled });
      const counts = page.locator('.matrix a');
      await counts.nth(0).click();
      const panel = page.locator('.panel-images:visible');
      await expect.poll(() => panel.count()).toBe(1);
      expect(await panel.locator('li').count()).toBe(24);
      expect(await panel.locator('h3').innerText()).toMatch(
        /^0 predicted as 0: 24 of \d+ test images$/,
      );
      await counts.nth(1).press('Enter');
      await expect
        .poll(() => panel.locator('h3').innerText())
        .toMatch(/^0 predicted as [1-9]: \d+ test images?$/);
      expect(await counts.nth(1).textContent()).toBe(String(await panel.locator('li').count()));
      await panel.getByText('Close').click();
      await expect.poll(() => panel.count()).toBe(0);
      expect(noticed).toEqual([]);
      await close();
    },
  );

  test('the curves are smoothed as chosen, by keyboard, and as usual without JavaScript', async () => {
    const { page, noticed, close } = await open('notebook');
    const shown = (steps: string) =>
      page.locator(`#training .chart.wide [data-window="${steps}"]:not([display])`).count();
    const slider = page.getByRole('slider', { name: 'Smoothing' });
    expect([await shown('10'), await shown('30')]).toEqual([3, 0]);
    await openFolds(page);
    await slider.press('End');
    expect([await shown('10'), await shown('30')]).toEqual([0, 3]);
    expect(await slider.getAttribute('aria-valuetext')).toBe('mean of 30 steps');
    expect(await page.locator('#training [data-smoothed]:visible').allTextContents()).toEqual(
      new Array(3).fill('30'),
    );
    await slider.press('Home');
    expect(await shown('1')).toBe(3);
    expect(await slider.getAttribute('aria-valuetext')).toBe('each step');
    expect(noticed).toEqual([]);
    await close();
    const plain = await open('notebook', { javaScriptEnabled: false });
    expect(await plain.page.locator('#smoothing').isVisible()).toBe(false);
    expect(await plain.page.locator('.chart.wide [data-window="10"]:not([display])').count()).toBe(
      3,
    );
    await plain.close();
  });

  test('the slider shows the filters through training, by keyboard', async () => {
    const { page, noticed, close } = await open('notebook');
    const slider = page.getByRole('slider', { name: 'Moment of training' });
    await slider.focus();
    await slider.press('Home');
    expect(await page.locator('[data-frames] img:visible').getAttribute('alt')).toBe(
      'Filters after step 0',
    );
    await slider.press('ArrowRight');
    expect(await page.locator('[data-frames] img:visible').getAttribute('alt')).toBe(
      'Filters after step 40',
    );
    expect(noticed).toEqual([]);
    await close();
  });

  test('the filters through training play to their end, and can be stopped', async () => {
    const { page, noticed, close } = await open('notebook');
    const slider = page.getByRole('slider', { name: 'Moment of training' });
    await page.evaluate(`globalThis.shown = [];
      new MutationObserver(() => shown.push(document.querySelector('[data-frames] output').innerText))
        .observe(document.querySelector('[data-frames] output'), { childList: true })`);
    const play = page.locator('[data-frames]').getByRole('button', { name: 'Play' });
    const end = await slider.inputValue();
    await play.click();
    await expect.poll(() => page.evaluate('shown.length')).toBe(4);
    await play.waitFor();
    expect(await page.evaluate('shown')).toEqual(
      [0, 40, 80, 120].map((step) => `after step ${step}`),
    );
    expect(await slider.inputValue()).toBe(end);
    await page.evaluate(
      `for (const _ of 'ab') document.querySelector('[data-frames] [data-play]').click()`,
    );
    expect(await slider.inputValue()).toBe('0');
    expect(await play.count()).toBe(1);
    expect(noticed).toEqual([]);
    await close();
  });

  test('the contents mark the part in view, and its anchor can be copied', async () => {
    const { page, noticed, close } = await open('notebook', {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    // It says so for a moment only.
    await Promise.all([
      page.getByText('copied', { exact: true }).waitFor(),
      page.locator('#training-title .anchor').click(),
    ]);
    await page.locator('.contents [aria-current]', { hasText: 'Training' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${urls.notebook}#training`);
    expect(noticed).toEqual([]);
    await close();
  });

  test('the list of runs sorts by a column, by mouse and by keyboard', async () => {
    const { page, noticed, close } = await open('list');
    const names = () => page.locator('table.runs tbody th').allTextContents();
    const button = page.getByRole('button', { name: 'Run', exact: true });
    await button.click();
    const rising = await names();
    expect(rising.map((name) => name.trim())).toEqual(['other', 'run', 'third']);
    await button.press('Enter');
    expect(await names()).toEqual(rising.reverse());
    expect(await page.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('descending');
    expect(noticed).toEqual([]);
    await close();
  });

  test('names inside charts stay inside the page', async () => {
    const { page, close } = await open('notebook');
    const outside =
      await page.evaluate(`[...document.querySelectorAll('.chart.wide svg')].flatMap((svg) => {
      const frame = svg.getBoundingClientRect();
      return [...svg.querySelectorAll('text')].filter((text) => {
        const box = text.getBoundingClientRect();
        return box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1;
      }).map((text) => text.textContent);
    })`);
    expect(outside).toEqual([]);
    await close();
  });

  test('in a printed PDF: one heading of the first rank, and every figure is drawn', async () => {
    const { page, noticed, close } = await open('notebook');
    // Chromium tags what it has drawn, and nothing else: a figure by its alternative text.
    const pdf = (await page.pdf({ tagged: true })).toString('latin1');
    const drawn = [...pdf.matchAll(/\/Alt <FEFF([0-9A-F]+)>|\/Alt \(((?:\\.|[^)])*)\)/g)].map(
      textOf,
    );
    await page.emulateMedia({ media: 'print' });
    const expected = await page.evaluate<
      string[]
    >(`[...document.querySelectorAll('[role=img], img')]
      .filter((element) => element.checkVisibility())
      .map((element) => element.getAttribute('aria-label') ?? element.alt).filter(Boolean)`);
    expect(expected.length).toBeGreaterThan(100);
    expect(expected.filter((text) => !drawn.includes(text))).toEqual([]);
    expect(await shownCharts(page)).toBe(12);
    expect(pdf.match(/\/S \/H1\b/g)).toHaveLength(1);
    expect(noticed).toEqual([]);
    await close();
  });
});

/** A text of a PDF, which is in UTF-16 as hexadecimal digits, or in Latin letters as they are. */
function textOf([, utf16, latin]: RegExpMatchArray): string {
  return utf16 === undefined
    ? latin.replace(/\\(.)/g, '$1')
    : Buffer.from(utf16, 'hex').swap16().toString('utf16le');
}
