// The programs of the runtime's README, run word for word.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { simpleConvnet } from '@convbook/layers';
import { describeInChromium, launchChromium } from '@convbook/page/testing';
import { loadModel } from '@convbook/runtime';
import { modelFilesOf } from '@convbook/runtime/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from './run-node.ts';
import { bundleWithEsbuild } from './runtime-bundle.ts';

const readme = readFileSync(path.join(root, 'packages/runtime/README.md'), 'utf8');
const [inNode, inPage] = [...readme.matchAll(/```ts\n([^]*?)```/g)].map(([, program]) => program);
const { description, weights } = await modelFilesOf(simpleConvnet);
const image = new Uint8Array(28 * 28).fill(255, 390, 402);

describe('the runtime’s README', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'convbook-runtime-readme-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('loads a run in Node', async () => {
    const run = path.join(folder, 'reports', 'my-run');
    mkdirSync(run, { recursive: true });
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    writeFileSync(path.join(run, 'model.json'), JSON.stringify(description));
    writeFileSync(path.join(run, 'model.safetensors'), weights);
    const words = ['--import', 'tsx', '--input-type=module', '--eval', inNode];
    const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: folder });
    const { className, probability } = (await loadModel({ weights, model: description })).predict(
      image,
    );
    expect(stdout).toContain(`${className} ${probability} 10 {`);
  });
});

describeInChromium('the runtime’s README in a page', () => {
  it('answers to a canvas', async () => {
    const browser = await launchChromium();
    const page = await browser.newPage();
    const script = await bundleWithEsbuild(inPage);
    const html = '<!doctype html><canvas width="56" height="56"></canvas>';
    await page.route('**/*', (route) => {
      const name = new URL(route.request().url()).pathname;
      if (name === '/model.json') return route.fulfill({ json: description });
      if (name === '/model.safetensors') return route.fulfill({ body: Buffer.from(weights) });
      return route.fulfill({ contentType: 'text/html', body: html });
    });
    await page.goto('http://localhost/');
    await page.evaluate(`{
      const context = document.querySelector('canvas').getContext('2d');
      context.fillStyle = '#000';
      context.fillRect(0, 0, 56, 56);
      context.fillStyle = '#fff';
      context.fillRect(20, 10, 8, 36);
    }`);
    await page.addScriptTag({ content: script, type: 'module' });
    await page.getByText('class 9: ').waitFor();
    const lines = (await page.evaluate<string>('document.body.textContent')).trim().split('\n');
    expect(lines).toHaveLength(10);
    await browser.close();
  });
});
