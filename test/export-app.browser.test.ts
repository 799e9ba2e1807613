// The folder that `pnpm export RUN --format app` makes, on a plain server and from a file.
import { createServer, type Server } from 'node:http';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadMnist } from '@convbook/data';
import { describeInChromium, launchChromium } from '@convbook/page/testing';
import { samplePicture, toPngUrl } from '@convbook/report';
import { writeSyntheticRun } from '@convbook/run/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandWords } from './harness/command-words.ts';
import { axeFindings, giveFiles, visit, type Visit } from './page-visit.ts';
import { runNode } from './run-node.ts';

interface Predicted {
  logits: number[];
  top: { className: string; probability: number }[];
}

let folder = '';
let address = '';
let server: Server;
let predicted: Predicted;
const inFolder = (...parts: string[]) => path.join(folder, ...parts);
const run = (command: string, ...rest: string[]) => runNode(commandWords(command, ...rest), folder);

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'convbook-app-'));
  writeSyntheticRun(inFolder('run'));
  const { images } = loadMnist().test;
  const url = toPngUrl(samplePicture(images.subarray(7 * 784, 8 * 784), [1, 28, 28]));
  await writeFile(inFolder('digit.png'), Buffer.from(url.split(',')[1], 'base64'));
  await writeFile(inFolder('notes.txt'), 'not a picture');
  const exported = await run('export', 'run', '--format', 'app', '--out', 'app');
  expect(exported.code, exported.stderr).toBe(0);
  const { stdout } = await run('predict', 'run', 'digit.png', '--json', '--top', '3');
  predicted = JSON.parse(stdout) as Predicted;
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const type = types[path.extname(pathname)] ?? 'application/octet-stream';
    readFile(inFolder(pathname)).then(
      (bytes) => response.writeHead(200, { 'content-type': type }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((done) => server.close(done));
  await rm(folder, { recursive: true, force: true });
});

describeInChromium('the app', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  const open = (name: string) =>
    visit(browser, `${address}/${name}/index.html`, {}, (asked) => asked.startsWith(address));

  describe('on a server', () => {
    let opened: Visit;
    beforeAll(async () => {
      opened = await open('app');
    });
    afterAll(async () => {
      expect(opened.noticed).toEqual([]);
      await opened.page.close();
    });
    const lines = () => opened.page.locator('#answers li').allTextContents();
    const expectLine = async (line: string) => {
      await expect.poll(lines).toContain(line);
      await opened.page.evaluate(`document.getElementById('answers').replaceChildren()`);
    };
    const answer = () => {
      const best = predicted.top.map(
        ({ className, probability }) => `${className} ${(100 * probability).toFixed(1)}%`,
      );
      return `digit.png: ${best.join(', ')}`;
    };

    it('answers what is chosen, pasted and dropped as pnpm predict does', async () => {
      const { page } = opened;
      // Only a page whose script has run takes files: it is given again until it has.
      await expect
        .poll(async () => {
          await page.locator('#file').setInputFiles(inFolder('digit.png'));
          return lines();
        })
        .toContain(answer());
      await page.evaluate(`document.getElementById('answers').replaceChildren()`);
      await giveFiles(page, 'paste', [inFolder('digit.png')]);
      await expectLine(answer());
      await giveFiles(page, 'drop', [inFolder('digit.png')]);
      await expectLine(answer());
    });

    it('has the logits of pnpm predict, to the last bit', async () => {
      const logits = await opened.page.evaluate<number[]>(`(async () => {
        const { loadModel } = await import('./convbook-runtime.js');
        const model = await loadModel({ model: 'model.json', weights: 'model.safetensors' });
        const bitmap = await createImageBitmap(await (await fetch('../digit.png')).blob());
        const context = new OffscreenCanvas(28, 28).getContext('2d');
        context.drawImage(bitmap, 0, 0);
        return [...model.predict(context.getImageData(0, 0, 28, 28)).logits];
      })()`);
      expect(logits).toEqual(predicted.logits);
    });

    it('has one line for a file that is no picture, and for each of ten files', async () => {
      const ten = ['notes.txt', ...Array<string>(9).fill('digit.png')].map((name) =>
        inFolder(name),
      );
      await giveFiles(opened.page, 'drop', ten);
      await expect.poll(async () => (await lines()).length).toBe(10);
      const [last, ...others] = (await lines()).reverse();
      expect(last).toBe(
        'notes.txt: not an image this browser can read · 이 브라우저가 읽을 수 없는 이미지입니다',
      );
      expect(new Set(others)).toEqual(new Set([answer()]));
    });

    it('axe finds nothing', async () => {
      expect(await axeFindings(opened.page)).toEqual([]);
    });
  });

  it('says from a file that it needs a server', async () => {
    const { page } = await visit(browser, pathToFileURL(inFolder('app', 'index.html')).href);
    await page.getByText('This page was opened from a file').waitFor();
    await page.getByText('이 페이지를 파일로 열었습니다').waitFor();
    await page.close();
  });

  const change = (name: string, from: string | RegExp, to: string) => async (file: string) => {
    if (path.basename(file) !== name) return;
    await writeFile(file, (await readFile(file, 'latin1')).replace(from, to), 'latin1');
  };
  const cases = [
    {
      name: 'weights that were cut off',
      change: async (file: string) => {
        if (file.endsWith('model.safetensors')) {
          await writeFile(file, (await readFile(file)).subarray(0, 5000));
        }
      },
      message:
        /model\.safetensors: expected \d+ bytes of data after the header, got \d+; the file is damaged/,
    },
    {
      name: 'weights of another shape',
      change: change('model.json', '"units": 100', '"units": 101'),
      message: /model\.safetensors: expected the weights of .*, got others: .*dense1\.weight/,
    },
    {
      name: 'a model of another version',
      change: change('model.json', '"version": 1', '"version": 2'),
      message: /model\.json: expected version 1 of the format, got 2; take the version/,
    },
    {
      name: 'other weights of the same shapes',
      change: change('model.json', /"weightsSha256": ".{4}/, '"weightsSha256": "0000'),
      message: /model\.safetensors: expected SHA-256 0000.* as the model's description says, got /,
    },
    {
      name: 'no weights',
      change: async (file: string) => {
        if (file.endsWith('model.safetensors')) await rm(file);
      },
      message: /model\.safetensors: expected the model's weights, got HTTP 404; check the address/,
    },
  ];
  it.each(cases)('has one error in the page for $name', async ({ name, change, message }) => {
    const copy = name.replaceAll(' ', '-');
    await cp(inFolder('app'), inFolder(copy), { recursive: true });
    for (const file of ['model.json', 'model.safetensors']) await change(inFolder(copy, file));
    const { page } = await open(copy);
    await expect.poll(() => page.locator('#answers li').allTextContents()).toHaveLength(1);
    expect(await page.locator('#answers li').textContent()).toMatch(message);
    await page.close();
  });
});
