// A model of colour pictures in its notebook: the browser's decoding against ours, and the camera.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadKernelModule } from '@convbook/core/node';
import { loadPictureFolder } from '@convbook/data/folder';
import { openDecoder } from '@convbook/data/pictures';
import { conv2d, dense, flatten, relu } from '@convbook/layers';
import { describeInChromium, settlePage } from '@convbook/page/testing';
import { writeNotebook } from '@convbook/report';
import { picturesOf, readTrainedModel } from '@convbook/run';
import { createPredictor, readPicture } from '@convbook/runtime/network';
import { train } from '@convbook/trainer';
import { chromium, type Browser, type Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Waves in three colours, as smooth as a photograph. */
function draw(at: number, width = 90, height = 60) {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, byte) => {
    const [place, channel] = [Math.floor(byte / 3), byte % 3];
    const [x, y] = [place % width, Math.floor(place / width)];
    return 128 + 100 * Math.sin((x * (channel + 1) + y * (at + 1)) / 25 + at);
  });
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** Chromium with a camera that shows a test picture, or none. */
function launch(...camera: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', ...camera],
  });
}

describeInChromium('the notebook of colour pictures', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'convbook-colour-'));
  const out = path.join(folder, 'run');
  let browser: Browser;
  let page: Page;
  let url = '';

  beforeAll(async () => {
    const photos = path.join(folder, 'photos');
    for (let at = 0; at < 12; at++) {
      const place = path.join(photos, at < 8 ? 'train' : 'test', at % 2 ? '강아지' : '고양이');
      mkdirSync(place, { recursive: true });
      await draw(at)
        .png()
        .toFile(path.join(place, `${at}.png`));
    }
    const data = await loadPictureFolder(photos, { size: { height: 16, width: 20 } });
    const layers = [conv2d({ filters: 4, kernelSize: 3 }), relu(), flatten(), dense({ units: 2 })];
    const model = { name: 'small', input: [3, 16, 20], layers };
    await train({ model, data, out, workers: 0, epochs: 2, batchSize: 4 });
    url = pathToFileURL(await writeNotebook(out)).href;
    browser = await launch('--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream');
    page = await browser.newPage({ offline: true, locale: 'en-US' });
    await page.goto(url);
    await page.locator('[data-live]').waitFor();
    await settlePage(page);
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The model's input and answer in the page. */
  const shown = () =>
    page.evaluate<{ bytes: number[]; logits: number[] }>(`(() => {
      const copy = document.createElement('canvas').getContext('2d');
      copy.drawImage(document.querySelector('[data-seen]'), 0, 0);
      const { data } = copy.getImageData(0, 0, 20, 16);
      const cells = document.querySelectorAll('[data-classes] td.number');
      return {
        bytes: [0, 1, 2].flatMap((c) => Array.from({ length: 320 }, (_, k) => data[k * 4 + c])),
        logits: Array.from(cells, (cell) => Number(cell.dataset.value)),
      };
    })()`);

  it('offers no drawing', async () => {
    expect(await page.locator('[data-draw]').count()).toBe(0);
    expect(await page.locator('[data-file]').isVisible()).toBe(true);
  });

  describe.each([
    ['png', 0],
    ['jpeg', 1],
    ['webp', 1],
    ['avif', 2],
  ] as const)('a %s file', (format, most) => {
    it(`is decoded as predict does, within ${most} of 255`, async () => {
      const file = path.join(folder, `new.${format}`);
      await draw(20, 120, 96).toFormat(format, { quality: 90 }).toFile(file);
      const trained = readTrainedModel(out);
      const decoder = openDecoder();
      const pixels = await decoder.decode(file, file).finally(() => decoder.close());
      const { bytes } = readPicture(pixels, [3, 16, 20], picturesOf(trained.record.data));
      const ours = bytes ?? new Uint8Array();
      const predictor = createPredictor({ ...trained, module: await loadKernelModule('plain') });
      const [{ logits, class: best }] = predictor.predict([ours]);
      await page.locator('[data-file]').setInputFiles(file);
      await page.getByText(new RegExp(`^new\\.${format}: `)).waitFor();
      const theirs = await shown();
      const differences = theirs.bytes.map((byte, k) => Math.abs(byte - ours[k]));
      expect(Math.max(...differences)).toBeLessThanOrEqual(most);
      if (most === 0) expect(theirs.logits).toEqual(logits);
      expect(theirs.logits[best]).toBe(Math.max(...theirs.logits));
    });
  });

  it('takes a picture of the camera from file://, and releases it', async () => {
    await page.getByRole('button', { name: 'Camera', exact: true }).click();
    await page.getByRole('button', { name: 'Take a picture' }).click();
    await page.getByText('The camera’s picture: ').waitFor();
    expect((await shown()).logits.every(Number.isFinite)).toBe(true);
    const tracks = 'document.querySelector("[data-camera] video").srcObject.getTracks()';
    await page.evaluate(`globalThis.tracks = ${tracks}`);
    await page.getByRole('button', { name: 'Stop the camera' }).click();
    expect(await page.evaluate('tracks.map(({ readyState }) => readyState)')).toEqual(['ended']);
    expect(await page.locator('[data-camera] video').isVisible()).toBe(false);
  });

  it('says in one line that the camera is refused', async () => {
    const other = await launch('--use-fake-device-for-media-stream', '--deny-permission-prompts');
    const refused = await other.newPage({ offline: true, locale: 'en-US' });
    await refused.goto(url);
    await settlePage(refused);
    await refused.getByRole('button', { name: 'Camera', exact: true }).click();
    await refused.getByText('The browser does not allow this page to use the camera').waitFor();
    await other.close();
  });
});
