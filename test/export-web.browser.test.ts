// The page that `pnpm export RUN --format web` makes, opened from a file and from a server.
import { createServer, type Server } from 'node:http';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadMnist } from '@convbook/data';
import { describeInChromium, fakeCamera, launchChromium } from '@convbook/page/testing';
import { samplePicture, toPngUrl } from '@convbook/report';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandWords } from './harness/command-words.ts';
import { axeFindings, giveFiles, visit, type Visit } from './page-visit.ts';
import { runNode } from './run-node.ts';

interface Predicted {
  className: string;
  probabilities: number[];
  logits: number[];
  doubts: string[];
}

let folder = '';
let server: Server;
const urls = { file: '', http: '' };
const predicted = new Map<string, Predicted>();
const inFolder = (name: string) => path.join(folder, name);
const run = (command: string, ...rest: string[]) => runNode(commandWords(command, ...rest), folder);

/** An image of the test set as a file; a 7 on grey paper; a light 4 that covers little of a large ground. */
async function writePictures(): Promise<string[]> {
  const { images } = loadMnist().test;
  const url = toPngUrl(samplePicture(images.subarray(7 * 784, 8 * 784), [1, 28, 28]));
  await writeFile(inFolder('digit.png'), Buffer.from(url.split(',')[1], 'base64'));
  const paper = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="240">
    <rect width="300" height="240" fill="#ccc"/>
    <path d="M110 60h70l-40 120" fill="none" stroke="#223" stroke-width="14"/></svg>`;
  await sharp(Buffer.from(paper)).png().toFile(inFolder('paper.png'));
  const turned = paper.replace('#ccc', '#000').replace('#223', '#fff');
  await sharp(Buffer.from(turned)).png().toFile(inFolder('slate.png'));
  return ['digit.png', 'paper.png', 'slate.png'];
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'convbook-web-'));
  const pictures = await writePictures();
  const trained = await run('train', '--limit', '1000', '--epochs', '1', '--out', 'run');
  expect(trained.code, trained.stderr).toBe(0);
  const exported = await run('export', 'run', '--format', 'web', '--out', 'page.html');
  expect(exported.code, exported.stderr).toBe(0);
  const { stdout } = await run('predict', 'run', ...pictures, '--json');
  stdout
    .trim()
    .split('\n')
    .forEach((line, k) => predicted.set(pictures[k], JSON.parse(line) as Predicted));
  urls.file = pathToFileURL(inFolder('page.html')).href;
  const page = await readFile(inFolder('page.html'));
  // A server that tells another encoding than the page has.
  server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=iso-8859-1' }).end(page);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  urls.http = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  await new Promise((done) => server.close(done));
  await rm(folder, { recursive: true, force: true });
});

const numbersIn = (page: Page, selector: string, expression: string) =>
  page.evaluate<number[]>(
    `[...document.querySelectorAll('${selector}')].map((e) => ${expression})`,
  );
const shownLogits = (page: Page) =>
  numbersIn(page, '[data-classes] td.number', 'Number(e.dataset.value)');
const shownShares = (page: Page) =>
  numbersIn(page, '[data-classes] .bar', `Number(e.style.getPropertyValue('--share'))`);
const answer = (page: Page) => page.locator('[data-answer]').innerText();

describeInChromium('the page that classifies', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium(fakeCamera);
  });
  afterAll(() => browser?.close());

  describe.each(['file', 'http'] as const)('opened by %s:', (scheme) => {
    let opened: Visit;
    beforeAll(async () => {
      opened = await visit(browser, urls[scheme]);
      await opened.page.locator('[data-live]').waitFor();
    });
    afterAll(async () => {
      expect(opened.noticed).toEqual([]);
      await opened.page.close();
    });

    const expectPredicted = async (name: string) => {
      const { className, logits, probabilities, doubts } = predicted.get(name) as Predicted;
      await opened.page.getByText(`${name}: ${className}, `).waitFor();
      expect(await shownLogits(opened.page)).toEqual(logits);
      expect(await shownShares(opened.page)).toEqual(probabilities);
      const reading = await opened.page.locator('[data-reading]').innerText();
      expect(reading.includes('Doubtful')).toBe(doubts.length > 0);
      for (const doubt of doubts) expect(reading).toContain(doubt);
    };

    it('says in Korean what it is, whatever the server says of its encoding', async () => {
      await opened.page.getByText('한국어').click();
      expect(await opened.page.locator('h1').innerText()).toBe('분류기: mnist · simple-convnet');
      await opened.page.getByText('English').click();
      expect(await opened.page.title()).toBe('Classifier: mnist · simple-convnet');
    });

    it('answers what is chosen, dropped and pasted as pnpm predict does, to the last bit', async () => {
      const { page } = opened;
      await page.locator('[data-file]').setInputFiles(inFolder('digit.png'));
      await expectPredicted('digit.png');
      await giveFiles(page, 'drop', [inFolder('paper.png')]);
      await expectPredicted('paper.png');
      expect(await page.locator('[data-reading]').innerText()).toContain(
        'turned over (dark ink on a bright ground), cut to the ink, centred',
      );
      await giveFiles(page, 'paste', [inFolder('slate.png')]);
      await expectPredicted('slate.png');
    });

    it('answers a drawing, and says that a blank canvas has nothing', async () => {
      const { page } = opened;
      await page.locator('[data-draw]').scrollIntoViewIfNeeded();
      const box = await page.locator('[data-draw]').boundingBox();
      if (box === null) throw new Error('no canvas');
      await page.mouse.move(box.x + 90, box.y + 60);
      await page.mouse.down();
      await page.mouse.move(box.x + 180, box.y + 60, { steps: 4 });
      await page.mouse.move(box.x + 120, box.y + 220, { steps: 4 });
      await page.mouse.up();
      await page.getByText(/^Your drawing: \d, \d/).waitFor();
      const shares = await shownShares(page);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
      await page.getByRole('button', { name: 'Clear' }).press('Enter');
      expect(await answer(page)).toBe('The canvas is blank: draw something first');
      expect(await shownLogits(page)).toEqual(new Array(10).fill(NaN));
    });

    it('answers the camera’s picture and lets the camera go', async () => {
      const { page } = opened;
      await page.getByRole('button', { name: 'Camera' }).press('Enter');
      await page.getByRole('button', { name: 'Take a picture' }).click();
      await page.getByText(/^The camera’s picture: \d, \d/).waitFor();
      expect((await shownLogits(page)).every(Number.isFinite)).toBe(true);
      await page.getByRole('button', { name: 'Stop the camera' }).click();
      expect(await page.evaluate(`document.querySelector('video').srcObject === null`)).toBe(true);
    });
  });

  describe('what is no picture', () => {
    let opened: Visit;
    beforeAll(async () => {
      opened = await visit(browser, urls.file);
      await opened.page.locator('[data-live]').waitFor();
    });
    afterAll(() => opened.page.close());

    const whole = () => readFile(inFolder('paper.png'));
    const files: Readonly<Record<string, () => Promise<Buffer> | Buffer>> = {
      'notes.txt': () => Buffer.from('not a picture'),
      'empty.png': () => Buffer.alloc(0),
      'cut.png': async () => (await whole()).subarray(0, 60),
      'markup.html': () => Buffer.from('<script>alert(1)</script>'),
    };

    it.each(Object.entries(files))('%s gets one line in each language', async (name, content) => {
      await writeFile(inFolder(name), await content());
      await giveFiles(opened.page, 'drop', [inFolder(name)]);
      await opened.page.getByText(`${name} is not an image this browser can read`).waitFor();
      expect(await shownLogits(opened.page)).toEqual(new Array(10).fill(NaN));
      await opened.page.getByText('한국어').click();
      expect(await answer(opened.page)).toBe(
        `${name}: 이 브라우저가 읽을 수 있는 이미지가 아닙니다`,
      );
      await opened.page.getByText('English').click();
    });

    it('a picture of 100 megapixels is refused by its size', async () => {
      const create = { width: 10_000, height: 10_000, channels: 3, background: '#888' } as const;
      await sharp({ create }).png().toFile(inFolder('huge.png'));
      await giveFiles(opened.page, 'drop', [inFolder('huge.png')]);
      await opened.page
        .getByText('huge.png has 10000 × 10000 pixels; make it smaller than 67 megapixels')
        .waitFor();
    });

    it('a picture of one colour shows nothing', async () => {
      const create = { width: 40, height: 30, channels: 3, background: '#888' } as const;
      await sharp({ create }).png().toFile(inFolder('grey.png'));
      await giveFiles(opened.page, 'drop', [inFolder('grey.png')]);
      await opened.page.getByText('grey.png shows nothing but its ground').waitFor();
    });

    it('of ten files the first is read, and the page says so', async () => {
      const ten = ['paper.png', ...Array<string>(9).fill('digit.png')].map(inFolder);
      await giveFiles(opened.page, 'drop', ten);
      await opened.page.getByText(/^Only the first of 10 files is read\./).waitFor();
      expect(await shownLogits(opened.page)).toEqual(predicted.get('paper.png')?.logits);
    });

    it('leaves nothing in the console', () => {
      expect(opened.noticed).toEqual([]);
    });
  });

  it.each([
    { theme: 'light', language: 'en', width: 1200 },
    { theme: 'dark', language: 'ko', width: 390 },
  ] as const)('axe finds nothing in $theme, $language, $width', async (look) => {
    const { page, noticed } = await visit(browser, `${urls.file}?lang=${look.language}`, {
      colorScheme: look.theme,
      viewport: { width: look.width, height: 844 },
    });
    await page.locator('[data-live]').waitFor();
    await giveFiles(page, 'drop', [inFolder('paper.png')]);
    await page.getByText('paper.png: ').locator('visible=true').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    const overflow = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(overflow).toBe(0);
    expect(noticed).toEqual([]);
    await page.close();
  });

  it('is used by keyboard alone', async () => {
    const { page } = await visit(browser, urls.file);
    await page.locator('[data-live]').waitFor();
    const reached: string[] = [];
    for (let k = 0; k < 8; k++) {
      await page.keyboard.press('Tab');
      reached.push(
        await page.evaluate<string>(
          `(document.activeElement.closest('label') ?? document.activeElement).innerText`,
        ),
      );
    }
    const names = reached.map((text) => text.trim());
    expect(names).toEqual(
      expect.arrayContaining(['English', 'Clear', 'Choose a picture', 'Camera']),
    );
    await page.close();
  });

  it('says what to do where scripts are not allowed', async () => {
    const { page } = await visit(browser, urls.file, { javaScriptEnabled: false });
    expect(await page.locator('[data-unavailable]').innerText()).toBe(
      'This page computes on your device: open it in a browser that allows JavaScript and WebAssembly.',
    );
    expect(await page.locator('[data-live]').isVisible()).toBe(false);
    await page.close();
  });

  it('says so when the file was cut off', async () => {
    const bytes = await readFile(inFolder('page.html'));
    await writeFile(inFolder('short.html'), bytes.subarray(0, bytes.length - 100_000));
    const { page } = await visit(browser, pathToFileURL(inFolder('short.html')).href);
    const note = page.locator('[data-unavailable]');
    await expect
      .poll(() => note.innerText())
      .toMatch(
        /^This page does not work: the page: expected \d+ bytes of data, got \d+; save or download it again$/,
      );
    await page.close();
  });
});
