// The map of images by mouse, by touch and by keyboard, and what it says where there is no script.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeInChromium, launchChromium, settlePage } from '@convbook/page/testing';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeNotebook } from '../index.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const narrow = { viewport: { width: 390, height: 844 }, hasTouch: true };

/** A point of the map: its image, and where it is on the screen. */
interface Spot {
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

const readSpots = `[...document.querySelectorAll('[data-map-field] svg > g[data-indexes]')].flatMap((group) => {
  const svg = group.ownerSVGElement;
  const box = svg.getBoundingClientRect();
  const { width, height } = svg.viewBox.baseVal;
  const indexes = group.dataset.indexes.split(' ').map(Number);
  const path = group.querySelector('path').getAttribute('d');
  return [...path.matchAll(/M(\\d+) (\\d+)/g)].map(([, x, y], k) => ({
    index: indexes[k],
    x: box.left + (x * box.width) / width,
    y: box.top + (y * box.height) / height,
  }));
})`;

describeInChromium('the map of images in Chromium, from file://', () => {
  const root = temporaryDirectory();
  const urls: Record<string, string> = {};
  let browser: Browser;

  beforeAll(async () => {
    const runs = {
      usual: { testSamples: 400, logitNoise: 3 },
      heavy: { input: [1, 64, 64], filters: 30, testSamples: 60 },
      named: {
        classNames: ['a', 'b', 'c'].map((name) => `${name}: a long name of a class`),
        testSamples: 90,
      },
    };
    for (const [name, options] of Object.entries(runs)) {
      const directory = writeSyntheticRun(join(root, name), options);
      urls[name] = pathToFileURL(await writeNotebook(directory)).href;
    }
    browser = await launchChromium();
  }, 240_000);
  afterAll(() => browser?.close());

  async function open(name: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({
      reducedMotion: 'reduce',
      offline: true,
      ...options,
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => {
      throw error;
    });
    await page.goto(`${urls[name]}#image-map`);
    if (options.javaScriptEnabled !== false) await bringMap(page);
    return page;
  }

  /** Waits for the map of a page that was opened, and brings it to the middle of the window. */
  async function bringMap(page: Page): Promise<void> {
    await settlePage(page);
    const field = page.locator('[data-map-field].live');
    await field.waitFor();
    await field.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  }

  const card = (page: Page) => page.locator('.map-card a');
  const said = (page: Page) => page.locator('.map-said');
  const hash = (page: Page) => new URL(page.url()).hash;
  /** A point that no other one is close to. */
  async function lonely(page: Page): Promise<Spot> {
    const spots = await page.evaluate<Spot[]>(readSpots);
    const gap = (one: Spot) =>
      Math.min(
        ...spots
          .filter((other) => other !== one)
          .map((other) => Math.hypot(one.x - other.x, one.y - other.y)),
      );
    return spots.reduce((best, spot) => (gap(spot) > gap(best) ? spot : best));
  }
  const inside = (spots: readonly Spot[], a: Spot, b: Spot) =>
    spots.filter(
      ({ x, y }) =>
        x >= Math.min(a.x, b.x) &&
        x <= Math.max(a.x, b.x) &&
        y >= Math.min(a.y, b.y) &&
        y <= Math.max(a.y, b.y),
    );

  test('by mouse: a point shows its image and opens it, a frame restricts the mistakes', async () => {
    const page = await open('usual');
    const spot = await lonely(page);
    await page.mouse.move(spot.x, spot.y);
    await expect.poll(() => card(page).getAttribute('data-image')).toBe(String(spot.index));
    expect(await card(page).textContent()).toMatch(`#${spot.index}label`);
    await page.mouse.click(spot.x, spot.y);
    await expect.poll(() => hash(page)).toBe(`#image=${spot.index}`);
    await page.goto(`${urls.usual}?again#image-map`);
    await bringMap(page);

    const spots = await page.evaluate<Spot[]>(readSpots);
    const [left, right] = [
      {
        index: 0,
        x: Math.min(...spots.map(({ x }) => x)) - 3,
        y: Math.min(...spots.map(({ y }) => y)) - 3,
      },
      {
        index: 0,
        x: Math.max(...spots.map(({ x }) => x)) - 60,
        y: Math.max(...spots.map(({ y }) => y)) - 40,
      },
    ];
    await page.mouse.move(left.x, left.y);
    await page.mouse.down();
    await page.mouse.move(right.x, right.y, { steps: 4 });
    await page.mouse.up();
    const count = inside(spots, left, right).length;
    await expect.poll(() => said(page).textContent()).toContain(`${count} images in the frame`);
    await expect
      .poll(() => page.locator('[data-restricted-count]').textContent())
      .toContain(`the ${count} images chosen on the map`);
    expect(await page.locator('.map-images a[data-image]').count()).toBe(Math.min(24, count));
    await said(page).getByRole('link').click();
    await expect.poll(() => hash(page)).toBe('#mistakes');
    await page.getByRole('button', { name: 'Remove the frame' }).click();
    await expect.poll(() => page.locator('[data-restricted]').isHidden()).toBe(true);
    expect(await said(page).textContent()).toBe('');
    await page.context().close();
  });

  test('the list of mistakes shows all again, keeps the focus, and is restricted anew by the link', async () => {
    const page = await open('usual');
    const field = await page.locator('[data-map-field]').boundingBox();
    if (field === null) throw new Error('the map has no place');
    await page.mouse.move(field.x + 2, field.y + 2);
    await page.mouse.down();
    await page.mouse.move(field.x + field.width - 2, field.y + field.height - 2, { steps: 4 });
    await page.mouse.up();
    const restricted = page.locator('[data-restricted]');
    const toList = said(page).getByRole('link');
    await toList.click();
    await restricted.waitFor();
    await page.locator('[data-unrestrict]').focus();
    await page.keyboard.press('Enter');
    await restricted.waitFor({ state: 'hidden' });
    const focused = `document.activeElement.closest('#image-choice') !== null`;
    expect(await page.evaluate(focused)).toBe(true);
    await toList.focus();
    await page.keyboard.press('Enter');
    await restricted.waitFor();
    await page.context().close();
  });

  test('long names of classes stay within the field on a narrow screen', async () => {
    const page = await open('named', narrow);
    const places = await page.evaluate<number[][]>(
      `[document.querySelector('.map-field'), ...document.querySelectorAll('.map-name')].map((own) => {
        const { left, right } = own.getBoundingClientRect();
        return [left, right];
      })`,
    );
    const [[left, right], ...names] = places;
    expect(names.length).toBe(3);
    for (const name of names) {
      expect(name[0]).toBeGreaterThanOrEqual(left);
      expect(name[1]).toBeLessThanOrEqual(right);
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.context().close();
  });

  test('by touch: a tap shows an image, whose card opens it; a finger frames where one says so', async () => {
    const page = await open('usual', narrow);
    const spot = await lonely(page);
    await page.touchscreen.tap(spot.x, spot.y);
    await expect.poll(() => card(page).getAttribute('data-image')).toBe(String(spot.index));
    expect(hash(page)).toBe('#image-map');
    await card(page).tap();
    await expect.poll(() => hash(page)).toBe(`#image=${spot.index}`);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.goto(`${urls.usual}?again#image-map`);
    await bringMap(page);
    const framing = page.getByRole('button', { name: 'Frame with a finger' });
    const touchAction = () =>
      page.evaluate(`getComputedStyle(document.querySelector('[data-map-field]')).touchAction`);
    expect(await touchAction()).toBe('auto');
    await framing.tap();
    expect(await framing.getAttribute('aria-pressed')).toBe('true');
    await expect.poll(touchAction).toBe('none');
    await page.context().close();
  });

  test('by keyboard: arrows walk, Space frames, Escape clears, Enter opens, the legend hides a class', async () => {
    const page = await open('usual');
    const field = page.locator('[data-map-field]');
    const shown = () => card(page).getAttribute('data-image');
    await field.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(shown).toMatch(/^\d+$/);
    const first = await shown();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await expect.poll(shown).not.toBe(first);
    await page.keyboard.press('Space');
    await expect.poll(() => said(page).textContent()).toMatch(/\d+ images? in the frame/);
    await page.keyboard.press('Escape');
    await expect.poll(() => said(page).textContent()).toBe('');
    const label = page.locator('[data-map-legend] button').first();
    await label.press('Enter');
    expect(await label.getAttribute('aria-pressed')).toBe('false');
    await expect
      .poll(() => page.locator('[data-map-field] svg > g[data-label="0"]:visible').count())
      .toBe(0);
    await field.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(shown).toMatch(/^\d+$/);
    await page.keyboard.press('Enter');
    await expect.poll(() => hash(page)).toBe(`#image=${await shown()}`);
    await page.context().close();
  });

  test('a page without the weights has it too', async () => {
    const page = await open('heavy');
    expect(await page.locator('#live-data').count()).toBe(0);
    const spot = await lonely(page);
    await page.mouse.move(spot.x, spot.y);
    await expect.poll(() => card(page).getAttribute('data-image')).toBe(String(spot.index));
    await page.context().close();
  });

  test('without a script the drawing, its legend and its words are there, and nothing to press', async () => {
    const page = await open('usual', { javaScriptEnabled: false });
    expect(await page.locator('[data-map-field] svg').isVisible()).toBe(true);
    expect(await page.locator('#image-map button:visible, [data-map-hint]:visible').count()).toBe(
      0,
    );
    expect(await page.locator('[data-map-legend] li').count()).toBe(11);
    await page.context().close();
  });

  test.each([
    ['light', 'en'],
    ['dark', 'ko'],
  ] as const)(
    'axe finds nothing serious with an image and a frame, %s, %s',
    async (colorScheme, lang) => {
      const page = await open('usual', { colorScheme });
      if (lang === 'ko') await page.getByText('한국어', { exact: true }).click();
      await page.locator('[data-map-field]').focus();
      for (const key of ['ArrowRight', 'Space', 'ArrowDown', 'ArrowDown', 'Space']) {
        await page.keyboard.press(key);
      }
      await said(page).getByRole('link').waitFor();
      await page.evaluate(axe);
      const { violations } = await page.evaluate<AxeResults>(
        `axe.run('#image-map', { resultTypes: ['violations'] })`,
      );
      const serious = violations.filter(({ impact }) =>
        ['serious', 'critical'].includes(impact ?? ''),
      );
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`)).toEqual([]);
      await page.context().close();
    },
  );
});
