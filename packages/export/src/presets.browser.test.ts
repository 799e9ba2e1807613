// Every preset in the page and in the app: logits as in Node. `pnpm test` takes two, `pnpm test:long` all.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { presets } from '@convbook/layers';
import { describeInChromium, launchChromium } from '@convbook/page/testing';
import { loadModel, describeModel } from '@convbook/runtime';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { ExportedFile } from './export-format.ts';
import { exportFormats } from './formats.ts';
import { trainedModel } from './testing/index.ts';

const options = { withPreprocessing: false, output: 'logits' } as const;
const isLong = process.env.CONVBOOK_LONG === '1';
const names = isLong ? Object.keys(presets) : ['simple-convnet', 'resnet-mini'];

const types: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript' };

/** Files in memory on a server: AlexNet's page has 330 MB, more than a browser is given otherwise. */
async function serveFiles(files: readonly ExportedFile[]) {
  const server: Server = createServer(({ url }, response) => {
    const { pathname } = new URL(url ?? '/', 'http://localhost');
    const found = files.find((file) => `/${file.path}` === pathname);
    if (found === undefined) return response.writeHead(404).end();
    const type = types[/\w+$/.exec(found.path)?.[0] ?? ''] ?? 'application/octet-stream';
    return response.writeHead(200, { 'content-type': type }).end(found.bytes);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { address, close };
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

    const { address, close } = await serveFiles([{ ...web[0], path: 'web.html' }, ...app]);
    onTestFinished(close);
    await page.goto(`${address}/web.html`);
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

    await page.goto(`${address}/index.html`);
    const logits = await page.evaluate<number[]>(`(async () => {
      const { loadModel } = await import('${address}/convbook-runtime.js');
      const model = await loadModel({ model: 'model.json', weights: 'model.safetensors' });
      return [...model.predict(new ImageData(${pixels}, ${picture.width})).logits];
    })()`);
    expect(logits).toEqual(expected);
    await page.close();
  });
});
