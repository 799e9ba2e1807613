import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeInChromium, launchChromium, settlePage } from '@convbook/page/testing';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeNotebook } from '../index.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const patience = { timeout: 30_000 };

describeInChromium('the walk of a pixel in Chromium', () => {
  const root = temporaryDirectory();
  const urls: Record<string, string> = {};
  let browser: Browser;

  beforeAll(async () => {
    const grey = writeSyntheticRun(join(root, 'grey'));
    const colour = writeSyntheticRun(join(root, 'colour'), { input: [3, 24, 48] });
    urls.grey = pathToFileURL(await writeNotebook(grey)).href;
    urls.colour = pathToFileURL(await writeNotebook(colour)).href;
    browser = await launchChromium();
  }, 180_000);
  afterAll(() => browser?.close());

  async function open(options: BrowserContextOptions = {}, name = 'grey'): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1200, height: 1000 },
      offline: true,
      ...options,
    });
    const page = await context.newPage();
    await page.goto(urls[name]);
    await page.locator('[data-live]').waitFor();
    await settlePage(page);
    await page.locator('#pixel [data-scene]').scrollIntoViewIfNeeded();
    await page.locator('.scene-part .mark[data-area]').first().waitFor({ state: 'attached' });
    return page;
  }

  const map = (page: Page) => page.locator('.scene-part [role=application]');
  const picture = (page: Page) =>
    map(page).evaluate((canvas) => (canvas as unknown as { toDataURL(): string }).toDataURL());
  const computed = async (page: Page) => {
    const caption = await page
      .locator('.scene-part:has([role=application]) figcaption')
      .innerText();
    return Number(/: (\d+) of \d+ computed/.exec(caption)?.[1] ?? NaN);
  };
  const walk = (page: Page, name: string) => page.locator(`[data-walk="${name}"]`);
  const pace = (page: Page) => page.locator('[data-pace]');
  const play = (page: Page) => page.locator('[data-play-walk]');
  const chosen = (page: Page) =>
    Promise.all(
      ['layer', 'map', 'row', 'column'].map((name) =>
        page.locator(`#pixel [data-${name}]`).inputValue(),
      ),
    );
  const trail = async (page: Page) =>
    (await page.locator('.trail').innerText()).split(' ← ').map((one) => one.trim());
  const figures = async (page: Page) => {
    const sum = page.locator('[data-sum]');
    return [await sum.getAttribute('data-sum'), await sum.getAttribute('data-activation')];
  };
  const isExact = async (page: Page) => {
    const [sum, activation] = await figures(page);
    return sum === activation;
  };
  const at = async (canvas: Locator, row: number, column: number, size: number) => {
    const box = await canvas.boundingBox();
    if (box === null) throw new Error('the canvas is not shown');
    return {
      x: box.x + ((column + 0.5) * box.width) / size,
      y: box.y + ((row + 0.5) * box.height) / size,
    };
  };

  test('play begins with an empty map and ends with the layer’s', async () => {
    const page = await open();
    const whole = await picture(page);
    await pace(page).selectOption('rows');
    await play(page).click();
    await expect.poll(() => computed(page), patience).toBeGreaterThan(0);
    expect(await picture(page)).not.toBe(whole);
    await expect.poll(() => picture(page), patience).toBe(whole);
    await expect.poll(() => play(page).innerText(), patience).toBe('Play');
    expect((await chosen(page)).slice(2)).toEqual(['24', '24']);
    expect(await isExact(page)).toBe(true);
    await page.context().close();
  });

  test('play pauses by its button, and where nobody sees it', async () => {
    const page = await open();
    await play(page).press('Enter');
    await expect.poll(() => computed(page), patience).toBeGreaterThan(2);
    await play(page).press('Enter');
    expect(await play(page).innerText()).toBe('Play');
    const place = await chosen(page);
    await play(page).press('Enter');
    await expect.poll(() => chosen(page), patience).not.toEqual(place);
    await page.evaluate('scrollTo({ top: 0, behavior: "instant" })');
    await expect.poll(() => play(page).innerText(), patience).toBe('Play');
    await page.context().close();
  });

  test('steps go forward and back by keyboard, to the first pixel and to the whole map', async () => {
    const page = await open();
    const whole = await picture(page);
    await walk(page, 'begin').press('Enter');
    expect((await chosen(page)).slice(2)).toEqual(['1', '1']);
    const first = await picture(page);
    expect(await computed(page)).toBe(1);
    await walk(page, 'forward').press('Enter');
    await walk(page, 'forward').press('Space');
    expect((await chosen(page)).slice(2)).toEqual(['1', '3']);
    expect(await computed(page)).toBe(3);
    expect(await isExact(page)).toBe(true);
    await walk(page, 'back').press('Enter');
    await walk(page, 'back').press('Enter');
    expect(await picture(page)).toBe(first);
    await walk(page, 'fill').press('Enter');
    expect(await picture(page)).toBe(whole);
    await page.context().close();
  });

  test('products come one after another, and their sum grows to the pixel', async () => {
    const page = await open();
    await pace(page).selectOption('products');
    await walk(page, 'begin').click();
    const running = page.locator('[data-running]');
    expect(await running.innerText()).toMatch(/^The sum starts at the bias: /);
    expect(await page.locator('[data-sum]').isVisible()).toBe(false);
    const sums: string[] = [];
    for (let term = 1; term < 25; term++) {
      await walk(page, 'forward').click();
      expect(await running.getAttribute('data-running')).toBe(String(term));
      expect(await page.locator('.window').last().locator('td:not(.later)').count()).toBe(term);
      sums.push(/sum so far is (\S+)$/.exec(await running.innerText())?.[1] ?? '');
    }
    expect(sums).not.toContain('');
    await walk(page, 'forward').click();
    expect(await running.count()).toBe(0);
    expect(await page.locator('[data-sum]').isVisible()).toBe(true);
    expect(await isExact(page)).toBe(true);
    await page.context().close();
  });

  test('the window is dragged on the image and the pixel on its map, by mouse', async () => {
    const page = await open();
    const image = page.locator('.scene-part').first().locator('canvas');
    await image.scrollIntoViewIfNeeded();
    const [from, to] = [await at(image, 6, 6, 28), await at(image, 12, 20, 28)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await expect
      .poll(() => chosen(page), patience)
      .toEqual(['conv1', expect.any(String), '5', '5']);
    await page.mouse.move(to.x, to.y, { steps: 5 });
    await expect
      .poll(() => chosen(page), patience)
      .toEqual(['conv1', expect.any(String), '11', '19']);
    await page.mouse.up();
    const end = await at(map(page), 3, 4, 24);
    await page.mouse.move(end.x, end.y);
    expect((await chosen(page)).slice(2)).toEqual(['11', '19']);
    const start = await at(map(page), 10, 4, 24);
    await page.mouse.move(start.x, start.y);
    await page.mouse.down();
    await page.mouse.move(end.x, end.y, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => (await chosen(page)).slice(2), patience).toEqual(['4', '5']);
    expect(await isExact(page)).toBe(true);
    await page.context().close();
  });

  test('a finger drags the pixel without scrolling, and the walk shows what it visits', async () => {
    const page = await open({ viewport: { width: 390, height: 844 }, hasTouch: true });
    await walk(page, 'begin').tap();
    await expect.poll(() => computed(page), patience).toBe(1);
    await map(page).scrollIntoViewIfNeeded();
    const [from, to] = [await at(map(page), 5, 5, 24), await at(map(page), 5, 15, 24)];
    const scrolled = await page.evaluate<number>('scrollY');
    const devtools = await page.context().newCDPSession(page);
    const send = (
      type: 'touchStart' | 'touchMove' | 'touchEnd',
      points: { x: number; y: number }[],
    ) => devtools.send('Input.dispatchTouchEvent', { type, touchPoints: points });
    await send('touchStart', [from]);
    await expect.poll(() => computed(page), patience).toBe(2);
    for (let k = 1; k <= 4; k++) {
      await send('touchMove', [{ x: from.x + ((to.x - from.x) * k) / 4, y: from.y }]);
    }
    await send('touchEnd', []);
    await expect.poll(async () => (await chosen(page)).slice(2), patience).toEqual(['6', '16']);
    expect(await page.evaluate('scrollY')).toBe(scrolled);
    expect(await computed(page)).toBeGreaterThan(2);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.context().close();
  });

  test('numbers lead down to the image, and the trail leads back up', async () => {
    const page = await open();
    await page.locator('[data-layer]').selectOption('dense2');
    const first = (await trail(page))[0];
    expect(await trail(page)).toEqual([first, 'the whole image']);
    const lead = page.locator('[data-windows] .way').first();
    await lead.click();
    expect((await trail(page))[1]).toMatch(/^dense1 unit \d+$/);
    expect(await isExact(page)).toBe(true);
    await page.locator('[data-windows] .way').first().press('Enter');
    expect((await trail(page))[2]).toMatch(/^pool1 map \d+ \(\d+, \d+\)$/);
    await page.locator('.window button').first().press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const down = await trail(page);
    expect(down[3]).toMatch(/^conv1 map \d+ \(\d+, \d+\)$/);
    expect(down).toEqual([first, down[1], down[2], down[3], '5×5 of the image']);
    // The lower right number of a pooling window.
    const [, pool, conv] = [0, 2, 3].map((k) =>
      /\((\d+), (\d+)\)/.exec(down[k])?.slice(1).map(Number),
    );
    expect(conv).toEqual(pool?.map((place) => 2 * place));
    expect(await page.locator('.window button').count()).toBe(0);
    expect(await isExact(page)).toBe(true);

    await page.locator('.trail button').nth(1).press('Enter');
    expect(await trail(page)).toEqual([first, down[1], 'the whole image']);
    await page.locator('.uses button').click();
    expect((await chosen(page))[0]).toBe('dense2');
    await page.context().close();
  });

  test('the way down is kept while its pixel reads the chosen one, else forgotten', async () => {
    const page = await open();
    await page.locator('[data-layer]').selectOption('pool1');
    await page.locator('[data-map]').fill('2');
    await page.locator('[data-row]').fill('3');
    await page.locator('[data-column]').fill('3');
    await page.locator('.window button').first().click();
    expect(await trail(page)).toEqual([
      'pool1 map 2 (3, 3)',
      'conv1 map 2 (5, 5)',
      '5×5 of the image',
    ]);
    await map(page).press('ArrowRight');
    expect(await trail(page)).toEqual([
      'pool1 map 2 (3, 3)',
      'conv1 map 2 (5, 6)',
      '5×5 of the image',
    ]);
    await map(page).press('ArrowRight');
    expect(await trail(page)).toEqual(['conv1 map 2 (5, 7)', '5×5 of the image']);
    await page.context().close();
  });

  test('each channel of a colour image can be shown, and all products of a unit', async () => {
    const page = await open({}, 'colour');
    const channels = page.locator('.channel-choice button');
    expect(await channels.count()).toBe(3);
    for (const channel of [0, 1, 2]) {
      await channels.nth(channel).press('Enter');
      const titles = await page.locator('.window caption').allInnerTexts();
      expect(titles).toEqual(
        ['Input', 'Weights', 'Products'].map((one) => `${one}, channel ${channel + 1}`),
      );
      expect(await channels.nth(channel).getAttribute('aria-pressed')).toBe('true');
      expect(await page.evaluate('document.activeElement.dataset.key')).toBe(`channel-${channel}`);
    }
    await page.locator('[data-layer]').selectOption('dense2');
    expect(await page.locator('[data-windows] table').count()).toBe(1);
    await page.locator('[data-windows] summary').click();
    await expect.poll(() => page.locator('[data-windows] details tr').count(), patience).toBe(101);
    await page.context().close();
  });

  test('a live answer shows the same pixel of the new image, to the last bit', async () => {
    const page = await open();
    const before = await figures(page);
    await page.locator('[data-sample]').selectOption({ index: 3 });
    await page.locator('#pixel [data-scene]').scrollIntoViewIfNeeded();
    await expect.poll(() => figures(page), patience).not.toEqual(before);
    expect(await isExact(page)).toBe(true);
    await page.context().close();
  });

  test('who asks for less motion has the steps and no play', async () => {
    const page = await open({ reducedMotion: 'reduce' });
    expect(await play(page).isVisible()).toBe(false);
    await walk(page, 'begin').click();
    await walk(page, 'forward').click();
    expect(await computed(page)).toBe(2);
    await page.context().close();
  });

  test('without scripts the cell says what it needs and shows no control', async () => {
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto(urls.grey);
    expect(await page.locator('[data-player]').isVisible()).toBe(false);
    expect(await page.locator('#pixel [data-unavailable]').isVisible()).toBe(true);
    await page.close();
  });

  test.each([
    { colorScheme: 'light', language: 'English', layer: 'conv1' },
    { colorScheme: 'dark', language: '한국어', layer: 'dense1' },
  ] as const)(
    'axe has no serious finding on a walk over $layer in $colorScheme, $language',
    async ({ colorScheme, language, layer }) => {
      const page = await open({ colorScheme, viewport: { width: 390, height: 844 } });
      await page.getByText(language, { exact: true }).click();
      await page.locator('[data-layer]').selectOption(layer);
      await pace(page).selectOption('products');
      await walk(page, 'begin').click();
      await walk(page, 'forward').click();
      await page.evaluate(axe);
      const { violations, passes } = await page.evaluate<AxeResults>(
        `axe.run('#pixel', { resultTypes: ['violations'] })`,
      );
      expect(passes.length).toBeGreaterThan(10);
      const serious = violations.filter(
        ({ impact }) => impact === 'serious' || impact === 'critical',
      );
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      await page.context().close();
    },
  );
});
