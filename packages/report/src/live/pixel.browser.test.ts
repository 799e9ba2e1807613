import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeInChromium, launchChromium, settlePage } from '@convbook/page/testing';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeNotebook } from '../index.ts';

describeInChromium('the cell "How was this pixel computed?" in Chromium', () => {
  const directory = join(temporaryDirectory(), 'run');
  let browser: Browser;
  let url = '';

  beforeAll(async () => {
    url = pathToFileURL(await writeNotebook(writeSyntheticRun(directory))).href;
    browser = await launchChromium();
  }, 180_000);
  afterAll(() => browser?.close());

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1200, height: 900 },
      reducedMotion: 'reduce',
      offline: true,
      ...options,
    });
    const page = await context.newPage();
    await page.goto(url);
    await page.locator('[data-live]').waitFor();
    await settlePage(page);
    // The pictures are painted once they are near the window.
    await page.locator('#pixel [data-layer]').scrollIntoViewIfNeeded();
    await page.locator('.scene-part .mark[data-area]').first().waitFor({ state: 'attached' });
    return page;
  }

  /** Rectangle that is outlined on each picture that is shown: row, column, height, width. */
  const outlined = (page: Page) =>
    page
      .locator('.scene-part:visible .mark')
      .evaluateAll((marks) => marks.map((mark) => mark.getAttribute('data-area')));
  const field = (page: Page, name: string) => page.locator(`#pixel [data-${name}]`);
  const chosen = async (page: Page) => {
    const names = ['layer', 'map', 'row', 'column'];
    return Promise.all(names.map((name) => field(page, name).inputValue()));
  };
  const isExact = async (page: Page) => {
    const sum = page.locator('[data-sum]');
    return (await sum.getAttribute('data-sum')) === (await sum.getAttribute('data-activation'));
  };
  const map = (page: Page) => page.locator('.scene-part [role=application]');
  const middleOf = async (canvas: Locator, row: number, column: number, size: number) => {
    const box = await canvas.boundingBox();
    const at = (place: number, length = 0) => ((place + 0.5) * length) / size;
    return { position: { x: at(column, box?.width), y: at(row, box?.height) } };
  };

  test('the image shows what the pixel sees, its map the pixel, in the first layer and deeper', async () => {
    const page = await open();
    await field(page, 'map').fill('2');
    await field(page, 'row').fill('5');
    await field(page, 'column').fill('9');
    // conv1: 5 × 5 of the image; its map is 24 × 24.
    expect(await outlined(page)).toEqual(['4 8 5 5', '4 8 1 1']);
    await field(page, 'layer').selectOption('pool1');
    expect(await outlined(page)).toEqual(['8 16 6 6', '8 16 2 2', '4 8 1 1']);
    await field(page, 'layer').selectOption('relu1');
    expect(await outlined(page)).toEqual(['4 8 5 5', '4 8 1 1', '4 8 1 1']);
    await page.context().close();
  });

  test('a click, a tap and arrow keys move the pixel on its map, which stays in sight', async () => {
    const page = await open();
    await map(page).scrollIntoViewIfNeeded();
    await map(page).click(await middleOf(map(page), 3, 7, 24));
    expect((await chosen(page)).slice(2)).toEqual(['4', '8']);
    expect(await isExact(page)).toBe(true);
    await map(page).press('ArrowDown');
    await map(page).press('ArrowLeft');
    expect((await chosen(page)).slice(2)).toEqual(['5', '7']);
    expect((await outlined(page)).at(-1)).toBe('4 6 1 1');
    for (let k = 0; k < 8; k++) await map(page).press('ArrowUp');
    expect((await chosen(page)).slice(2)).toEqual(['1', '7']);
    expect(await isExact(page)).toBe(true);
    await page.context().close();

    const touched = await open({ viewport: { width: 390, height: 844 }, hasTouch: true });
    await map(touched).scrollIntoViewIfNeeded();
    await map(touched).tap(await middleOf(map(touched), 10, 2, 24));
    expect((await chosen(touched)).slice(2)).toEqual(['11', '3']);
    await touched.getByRole('button', { name: 'Map 4', exact: true }).tap();
    expect((await chosen(touched)).slice(1)).toEqual(['4', '11', '3']);
    expect(await map(touched).isVisible()).toBe(true);
    expect(await isExact(touched)).toBe(true);
    await touched.context().close();
  });

  test.each(['conv1', 'relu1', 'pool1'])(
    'a click on a map of %s above names its number there, scrolls nowhere and leads on',
    async (layer) => {
      const page = await open();
      const canvas = page.getByRole('img', { name: `${layer}, map 3`, exact: true });
      await canvas.scrollIntoViewIfNeeded();
      const before = await page.evaluate('scrollY');
      await canvas.click({ position: { x: 20, y: 20 } });
      expect(await page.evaluate('scrollY')).toBe(before);
      const [name, ...place] = await chosen(page);
      expect([name, place[0]]).toEqual([layer, '3']);
      const readout = page.locator('.pixel-readout');
      const [row, column] = place.slice(1);
      const activation = await page.locator('[data-sum]').getAttribute('data-activation');
      const said = await readout.innerText();
      const value = said.replace('−', '-').match(/: (-?[\d.e-]+)\. How/)?.[1];
      expect(said.startsWith(`${layer}, map 3, row ${row}, column ${column}: `)).toBe(true);
      expect(Math.fround(Number(value))).toBe(Number(activation));
      expect(await canvas.locator('xpath=..').locator('.mark').isVisible()).toBe(true);
      expect(await page.locator('[data-maps] .mark:visible').count()).toBe(1);
      expect(await isExact(page)).toBe(true);
      await readout.getByRole('link').press('Enter');
      expect(new URL(page.url()).hash).toBe('#pixel');
      await page.context().close();
    },
  );

  test('steps lead from the sum through activation and pooling, and say which pixel is kept', async () => {
    const page = await open();
    await field(page, 'map').fill('1');
    const steps = page.locator('[data-steps] li');
    const fates = new Set<string>();
    for (const place of ['1', '2']) {
      await field(page, 'row').fill(place);
      await field(page, 'column').fill('1');
      const [relu, pool] = await steps.allInnerTexts();
      const sum = Number(await page.locator('[data-sum]').getAttribute('data-sum'));
      expect(relu).toMatch(/^relu1: max\(0, .+\) = /);
      expect(Math.fround(Number(relu.split(' = ')[1]))).toBe(Math.max(0, sum));
      expect(pool).toMatch(/^pool1: largest of .+, .+, .+, .+ = /);
      fates.add(/(this|another) pixel is kept/.exec(pool)?.[1] ?? '');
    }
    expect(fates).toContain('this');
    await field(page, 'layer').selectOption('dense1');
    expect(await steps.allInnerTexts()).toEqual([expect.stringMatching(/^relu2: max\(0, /)]);
    await page.context().close();
  });

  test('a dense layer has units, no rows and columns, and names what it reads', async () => {
    const page = await open();
    await field(page, 'layer').selectOption('dense1');
    const label = page.locator('[data-map-name]');
    expect(await label.innerText()).toBe('Unit');
    expect(await field(page, 'row').isVisible()).toBe(false);
    expect(await field(page, 'column').isVisible()).toBe(false);
    expect(await map(page).isVisible()).toBe(false);
    const inputs = page.locator('[data-windows] td:first-child');
    for (const text of await inputs.allInnerTexts()) {
      expect(text).toMatch(/^pool1, map [1-6], row \d+, column \d+$/);
    }
    expect(await outlined(page)).toEqual(['0 0 28 28', null]);
    await page.getByText('한국어', { exact: true }).click();
    expect(await label.innerText()).toBe('유닛');
    expect(await inputs.first().innerText()).toMatch(/^pool1 맵 \d \d+행 \d+열$/);
    await field(page, 'layer').selectOption('dense2');
    expect(await inputs.first().innerText()).toMatch(/^relu2 유닛 \d+$/);
    await field(page, 'layer').selectOption('conv1');
    expect(await field(page, 'row').isVisible()).toBe(true);
    await page.context().close();
  });
});
