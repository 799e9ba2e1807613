// Every preset in the page and in the app: logits as in Node. `pnpm test` takes two, `pnpm test:long` all.
import { presets } from '@convbook/layers';
import { describeInChromium, launchChromium } from '@convbook/page/testing';
import { loadModel, describeModel } from '@convbook/runtime';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExportedFile } from './export-format.ts';
import { exportFormats } from './formats.ts';
import { trainedModel } from './testing/index.ts';

const options = { withPreprocessing: false, output: 'logits' } as const;
const isLong = process.env.CONVBOOK_LONG === '1';
const names = isLong ? Object.keys(presets) : ['simple-convnet', 'resnet-mini'];

const types: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript' };

/** Answers what a page asks of a server from files in memory. */
async function serveFiles(page: Page, files: readonly ExportedFile[]): Promise<void> {
  await page.route('http://localhost/**', async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    const found = files.find((file) => file.path === name || name === '');
    const contentType = types[/\w+$/.exec(name)?.[0] ?? 'html'] ?? 'application/octet-stream';
    if (found === undefined) await route.fulfill({ status: 404 });
    else await route.fulfill({ body: Buffer.from(found.bytes), contentType });
  });
}

/** A picture of the model's size with something in each corner, as pixels and as a script that makes it. */
function pictureFor([, height, width]: readonly number[]) {
  const data = new Uint8Array(height * width * 4).fill(255);
  for (let place = 0; place < height * width; place++) {
    const [x, y] = [place % width, Math.floor(place / width)];
    const isInk = Math.abs(x - y) < 2 && x > width / 5 && x < width / 1.25;
    data.set(isInk ? [250, 240, 245] : [0, 0, 0], place * 4);
  }
  return { width, height, data };
}

describeInChromium('every preset in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  test.each(names)('%s: page and app have the logits of Node', async (name) => {
    const exported = trainedModel(presets[name]);
    const weights = exported.weightsFile();
    const picture = pictureFor(exported.record.data.sampleShape);
    const model = await loadModel({ weights, model: describeModel(exported.record) });
    const expected = [...model.predict(picture).logits];
    const page = await browser.newPage();
    const [web, app] = await Promise.all(
      ['web', 'app'].map((format) => exportFormats[format].files(exported, options)),
    );

    await serveFiles(page, [{ ...web[0], path: 'index.html' }]);
    await page.goto('http://localhost/index.html');
    await page.locator('[data-live]').waitFor();
    const base64 = Buffer.from(picture.data).toString('base64');
    const pixels = `Uint8ClampedArray.from(atob('${base64}'), (c) => c.charCodeAt(0))`;
    await page.evaluate(`(async () => {
      const canvas = new OffscreenCanvas(${picture.width}, ${picture.height});
      const image = new ImageData(${pixels}, ${picture.width});
      canvas.getContext('2d').putImageData(image, 0, 0);
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([await canvas.convertToBlob()], 'picture.png'));
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
    })()`);
    await page
      .getByText(/^picture\.png: /)
      .first()
      .waitFor();
    const shown = await page.evaluate<[string, number][]>(
      `[...document.querySelectorAll('[data-classes] tr')].map((row) =>
        [row.querySelector('th').textContent, Number(row.querySelector('.number').dataset.value)])`,
    );
    const byClass = new Map(shown);
    expect(model.classNames.map((className) => byClass.get(className))).toEqual(expected);

    await page.unrouteAll();
    await serveFiles(page, app);
    await page.goto('http://localhost/index.html?app');
    const logits = await page.evaluate<number[]>(`(async () => {
      const { loadModel } = await import('http://localhost/convbook-runtime.js');
      const model = await loadModel({ model: 'model.json', weights: 'model.safetensors' });
      return [...model.predict(new ImageData(${pixels}, ${picture.width})).logits];
    })()`);
    expect(logits).toEqual(expected);
    await page.close();
  });
});
