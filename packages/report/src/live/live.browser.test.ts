import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadKernelModule } from '@convbook/core/node';
import { describeInChromium, launchChromium, settlePage } from '@convbook/page/testing';
import { readRun, readTrainedModel } from '@convbook/run';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { createPredictor } from '@convbook/runtime/network';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeNotebook } from '../index.ts';

/** Where a finger is on the page, in CSS pixels. */
interface Finger {
  x: number;
  y: number;
  id: number;
}

describeInChromium('the live cells in Chromium, from file://', () => {
  const directory = join(temporaryDirectory(), 'run');
  const noticed: string[] = [];
  let browser: Browser;
  let page: Page;
  let url = '';

  beforeAll(async () => {
    writeSyntheticRun(directory);
    url = pathToFileURL(await writeNotebook(directory)).href;
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1200, height: 900 }, offline: true });
    page.on('console', (message) => noticed.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => noticed.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (request.url() !== url && !/^(data|blob):/.test(request.url())) {
        noticed.push(`request: ${request.url()}`);
      }
    });
    await page.goto(url);
    await page.locator('[data-live]').waitFor();
    await settlePage(page);
  }, 180_000);

  afterAll(() => browser?.close());

  const shownLogits = () =>
    page.evaluate<number[]>(
      `[...document.querySelectorAll('[data-classes] td.number')].map((cell) => Number(cell.dataset.value))`,
    );
  const stroke = async (points: readonly (readonly [number, number])[]) => {
    const canvas = page.locator('[data-draw]');
    await canvas.scrollIntoViewIfNeeded();
    const box = await canvas.boundingBox();
    const place = ([x, y]: readonly [number, number]) =>
      [(box?.x ?? 0) + x * (box?.width ?? 0), (box?.y ?? 0) + y * (box?.height ?? 0)] as const;
    await page.mouse.move(...place(points[0]));
    await page.mouse.down();
    for (const point of points.slice(1)) await page.mouse.move(...place(point), { steps: 4 });
    await page.mouse.up();
    await page.getByText('Your drawing: ').waitFor();
    await page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
    );
  };
  const canvasInk = () =>
    page.evaluate<number>(`document.querySelector('[data-draw]').getContext('2d')
      .getImageData(0, 0, 280, 280).data.reduce((sum, value, k) => sum + (k % 4 === 0 ? value : 0), 0)`);
  const seenMass = () =>
    page.evaluate<number[]>(`(() => {
      const copy = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      copy.drawImage(document.querySelector('[data-seen]'), 0, 0);
      const { data } = copy.getImageData(0, 0, 28, 28);
      let [sum, x, y] = [0, 0, 0];
      for (let k = 0; k < 784; k++) {
        sum += data[k * 4];
        x += data[k * 4] * ((k % 28) + 0.5);
        y += data[k * 4] * (Math.floor(k / 28) + 0.5);
      }
      return [x / sum, y / sum];
    })()`);

  test('logits of test images equal those of predict bit for bit, chosen by keyboard', async () => {
    const trained = readTrainedModel(directory);
    const { samples } = readRun(directory);
    const predictor = createPredictor({ ...trained, module: await loadKernelModule('plain') });
    const select = page.locator('[data-sample]');
    const options = await select.locator('option').allTextContents();
    await select.selectOption({ index: 1 });
    for (let k = 1; k <= 4; k++) {
      const index = Number(/#(\d+)/.exec(options[k])?.[1]);
      const image = samples?.images.get(index) as Uint8Array;
      const [answer] = predictor.predict([image]);
      expect(await shownLogits()).toEqual(answer.logits);
      await select.press('ArrowDown');
    }
  });

  test('an off-centre drawing is centred, wherever it is', async () => {
    await page.locator('[data-clear]').click();
    await stroke([[0.1, 0.1], [0.25, 0.1], [0.2, 0.3]]); // prettier-ignore
    const [x, y] = await seenMass();
    expect(Math.abs(x - 14)).toBeLessThanOrEqual(0.6);
    expect(Math.abs(y - 14)).toBeLessThanOrEqual(0.6);
  });

  test('the first stroke on an example begins a new drawing, which later ones and a shift keep', async () => {
    const line = [[0.3, 0.2], [0.4, 0.8]] as const; // prettier-ignore
    const [first, more] = [line, [[0.3, 0.5], [0.7, 0.5]] as const]; // prettier-ignore
    await page.locator('[data-clear]').click();
    await stroke(first);
    const alone = await shownLogits();
    await stroke(more);
    const both = await shownLogits();

    await page.locator('[data-sample]').selectOption({ index: 1 });
    await stroke(first);
    expect(await page.locator('[data-sample]').inputValue()).toBe('');
    expect(await shownLogits()).toEqual(alone);
    await stroke(more);
    expect(await shownLogits()).toEqual(both);

    const drawn = await canvasInk();
    await page.getByRole('button', { name: 'right', exact: true }).click();
    await stroke([[0.9, 0.9], [0.92, 0.92]]); // prettier-ignore
    expect(await canvasInk()).toBeGreaterThan(drawn / 3);
    await page.locator('[data-sample]').selectOption({ index: 1 });
    await page.getByRole('button', { name: 'left', exact: true }).click();
    await stroke(first);
    expect(await shownLogits()).toEqual(alone);
  });

  test('a blank canvas says so', async () => {
    await page.locator('[data-clear]').click();
    expect(await page.locator('[data-answer]').innerText()).toBe(
      'The canvas is blank: draw something first',
    );
    expect(await shownLogits()).toEqual(new Array(10).fill(NaN));
  });

  test('the sum of every chosen pixel is the activation, by field and by click', async () => {
    await page.locator('[data-sample]').selectOption({ index: 2 });
    const sum = page.locator('[data-sum]');
    const figures = async () => [
      await sum.getAttribute('data-sum'),
      await sum.getAttribute('data-activation'),
    ];
    for (const layer of ['conv1', 'dense1', 'dense2']) {
      await page.locator('[data-layer]').selectOption(layer);
      await page.locator('[data-map]').fill('3');
      const [own, activation] = await figures();
      expect(own).toBe(activation);
      expect(own).not.toBe('0');
    }
    await page
      .locator('[data-maps] .maps canvas')
      .nth(2)
      .click({ position: { x: 20, y: 20 } });
    expect(await page.locator('[data-layer]').inputValue()).toBe('conv1');
    const [own, activation] = await figures();
    expect(own).toBe(activation);
  });

  test('shifting by keyboard moves the image', async () => {
    const before = await seenMass();
    await page.getByRole('button', { name: 'right', exact: true }).press('Enter');
    const after = await seenMass();
    expect(after[0] - before[0]).toBeCloseTo(1, 1);
  });

  test('an image dropped on the part goes through the model', async () => {
    await page.locator('[data-clear]').click();
    const files = await page.evaluateHandle(`(async () => {
      const canvas = new OffscreenCanvas(40, 60);
      canvas.getContext('2d').fillRect(12, 8, 6, 44);
      const files = new DataTransfer();
      files.items.add(new File([await canvas.convertToBlob()], 'line.png', { type: 'image/png' }));
      return files;
    })()`);
    const target = page.locator('[data-live]');
    await target.dispatchEvent('dragover', { dataTransfer: files });
    expect(await target.getAttribute('class')).toContain('over');
    await target.dispatchEvent('drop', { dataTransfer: files });
    await page.getByText(/^line\.png: \d/).waitFor();
    expect(await target.getAttribute('class')).not.toContain('over');
    expect((await shownLogits()).every(Number.isFinite)).toBe(true);
  });

  test('a finger draws without scrolling, a tap leaves a dot, a second finger nothing', async () => {
    const viewport = { width: 390, height: 844 };
    const touched = await browser.newPage({ viewport, hasTouch: true, offline: true });
    await touched.goto(url);
    await touched.locator('[data-live]').waitFor();
    await settlePage(touched);
    const devtools = await touched.context().newCDPSession(touched);
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Finger[]) =>
      devtools.send('Input.dispatchTouchEvent', { type, touchPoints });
    const canvas = touched.locator('[data-draw]');
    const drawn = () =>
      touched.evaluate<number>(`new Promise((done) => requestAnimationFrame(done)).then(() =>
        document.querySelector('[data-draw]').getContext('2d').getImageData(0, 0, 280, 280).data
          .reduce((sum, value, k) => sum + (k % 4 === 0 ? value / 255 : 0), 0))`);
    const patience = { timeout: 20_000 };
    // Chromium hands moves to the page frame by frame, later than it answers.
    const settled = async (): Promise<number> => {
      let [last, now] = [-1, await drawn()];
      while (now !== last) [last, now] = [now, await drawn()];
      return now;
    };
    await touched.locator('[data-clear]').tap();
    // The click that a tap becomes comes later, and would take the dot away.
    await expect.poll(drawn, patience).toBe(0);
    // Parts that come into view get their height, which moves the canvas: until it stays in the middle.
    const centred = () =>
      touched.evaluate<number>(`(() => {
        const canvas = document.querySelector('[data-draw]');
        canvas.scrollIntoView({ block: 'center' });
        const { top, bottom } = canvas.getBoundingClientRect();
        return Math.abs((top + bottom) / 2 - innerHeight / 2);
      })()`);
    await expect.poll(centred, patience).toBeLessThan(2);
    await settled();
    expect(await centred()).toBeLessThan(2);
    const box = await canvas.boundingBox();
    const [x, y] = [(box?.x ?? 0) + 40, (box?.y ?? 0) + 40];
    const scrolled = () => touched.evaluate<number>('scrollY');
    const before = await scrolled();

    // The first tap on an example leaves nothing of it.
    await touched.locator('[data-sample]').selectOption({ index: 1 });
    await expect.poll(drawn, patience).toBeGreaterThan(1000);
    await send('touchStart', [{ x, y, id: 1 }]);
    await send('touchEnd', []);
    await expect.poll(drawn, patience).toBeLessThan(500);
    await expect.poll(drawn, patience).toBeGreaterThan(200);
    const dot = await settled();
    expect(dot).toBeLessThan(500);

    await send('touchStart', [{ x: x + 60, y, id: 1 }]);
    for (let k = 1; k <= 8; k++) await send('touchMove', [{ x: x + 60, y: y + 15 * k, id: 1 }]);
    await expect.poll(drawn, patience).toBeGreaterThan(dot * 6);
    const line = await settled();
    await send('touchStart', [
      { x: x + 60, y: y + 120, id: 1 },
      { x: x + 150, y, id: 2 },
    ]);
    await send('touchEnd', []);
    expect(await settled()).toBe(line);
    expect(await scrolled()).toBe(before);

    // Beside the canvas the same finger scrolls.
    await send('touchStart', [{ x: 5, y: 700, id: 1 }]);
    for (let k = 1; k <= 8; k++) await send('touchMove', [{ x: 5, y: 700 - 30 * k, id: 1 }]);
    await send('touchEnd', []);
    await touched.waitForFunction(`scrollY > ${before + 50}`);
    await touched.close();
  });

  test('nothing was asked for, said or refused', () => {
    expect(noticed).toEqual([]);
  });
});
