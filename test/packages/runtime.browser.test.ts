// The runtime of the tarballs: a program in Node, and pages made by bundlers, give the logits that `predict` has.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describeInChromium, launchChromium } from '@convbook/page/testing';
import { build as esbuild } from 'esbuild';
import type { Browser } from 'playwright-core';
import { build as vite } from 'vite';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { smallRun } from '../harness/faults/small.ts';
import { installedPackages, runIn } from './installed.ts';

// Whole trainings, and compilers, in processes of their own.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 900_000 });

let project = '';
/** Logits of an image by the installed command. */
let expected: readonly number[] = [];
const image = Array.from({ length: 100 }, (_, i) => (i * 37) % 256);

/** The program of a page and of Node: the answer to the image, as text. */
const ask = (load: string) => `
const model = ${load};
const answer = model.predict(Uint8Array.from(${JSON.stringify(image)}));
const [again] = model.predictBatch([Uint8Array.from(${JSON.stringify(image)})]);
const logits = [...answer.logits];
if (String([...again.logits]) !== String(logits)) throw new Error('predictBatch differs');
const { className, top } = answer;
`;

const inNode = `
import { loadModel } from '@convbook/runtime/node';
${ask("await loadModel('small-run')")}
console.log(JSON.stringify({ className, classes: top.length, logits }));
`;

const inPage = (from: string) => `
import { loadModel } from '${from}';
${ask("await loadModel({ weights: 'model.safetensors', model: 'run.json' })")}
document.title = JSON.stringify({ className, classes: top.length, logits });
`;

const html = (script: string) =>
  `<!doctype html><link rel="icon" href="data:," /><script type="module" src="${script}"></script>`;

beforeAll(async () => {
  ({ project } = await installedPackages());
  const words = ['train', ...smallRun, '--out', 'small-run', '--progress', 'none'];
  const bin = path.join(project, 'node_modules', 'convbook', 'bin.js');
  const trained = await runIn(project, process.execPath, [bin, ...words]);
  expect([trained.code, trained.stderr]).toEqual([0, '']);
});

it('a program in Node', async () => {
  writeFileSync(path.join(project, 'predict.mjs'), inNode);
  const { code, stdout, stderr } = await runIn(project, process.execPath, ['predict.mjs']);
  expect([code, stderr]).toEqual([0, '']);
  const answer = JSON.parse(stdout) as { logits: number[] };
  expected = answer.logits;
  expect(expected.every(Number.isFinite)).toBe(true);
});

describeInChromium('a page', () => {
  let browser: Browser;
  let server: Server;
  let address = '';
  beforeAll(async () => {
    browser = await launchChromium();
    server = createServer((request, response) => {
      const file = path.join(project, path.normalize(request.url ?? '/'));
      const type = file.endsWith('.html')
        ? 'text/html'
        : file.endsWith('.js')
          ? 'text/javascript'
          : 'application/octet-stream';
      response.setHeader('Content-Type', type).end(readFileSync(file));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  /** A folder with a page's source and the run's files. */
  function write(name: string, from: string): string {
    const folder = path.join(project, name);
    mkdirSync(folder, { recursive: true });
    for (const file of ['model.safetensors', 'run.json']) {
      cpSync(path.join(project, 'small-run', file), path.join(folder, file));
    }
    writeFileSync(path.join(folder, 'main.js'), inPage(from));
    writeFileSync(path.join(folder, 'index.html'), html('./main.js'));
    return folder;
  }

  /** The logits that a page of the project has in its title. */
  async function logitsOf(place: string): Promise<readonly number[]> {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(`${address}/${place}`);
    await page.waitForFunction("document.title !== ''").catch((error: unknown) => {
      throw new Error(errors.join('\n'), { cause: error });
    });
    const title = await page.title();
    await page.close();
    expect(errors).toEqual([]);
    return (JSON.parse(title) as { logits: number[] }).logits;
  }

  it('bundled by esbuild', async () => {
    const folder = write('by-esbuild', '@convbook/runtime');
    const outfile = path.join(folder, 'bundle.js');
    await esbuild({
      entryPoints: [path.join(folder, 'main.js')],
      outfile,
      bundle: true,
      minify: true,
      format: 'esm',
      logLevel: 'error',
    });
    writeFileSync(path.join(folder, 'index.html'), html('./bundle.js'));
    expect(await logitsOf('by-esbuild/index.html')).toEqual(expected);
  });

  it('bundled by Vite', async () => {
    const folder = write('by-vite', '@convbook/runtime');
    await vite({
      root: folder,
      base: './',
      logLevel: 'error',
      configFile: false,
      build: { outDir: 'dist' },
    });
    for (const file of ['model.safetensors', 'run.json']) {
      cpSync(path.join(folder, file), path.join(folder, 'dist', file));
    }
    expect(await logitsOf('by-vite/dist/index.html')).toEqual(expected);
  });

  it('without a bundler', async () => {
    const folder = write('by-nothing', './runtime.js');
    const built = path.join(project, 'node_modules', '@convbook', 'runtime', 'browser.js');
    cpSync(built, path.join(folder, 'runtime.js'));
    expect(await logitsOf('by-nothing/index.html')).toEqual(expected);
  });
});
