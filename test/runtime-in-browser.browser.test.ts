// The runtime in Chromium: a module script, a worker, a page from file://, bundled by esbuild and by Vite. Logits are those
// of Node, which `pnpm predict` prints; what is wrong with a file or a picture is one clear error.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { elementCount, encodeSafetensors } from '@convbook/core';
import { runtimeModule } from '@convbook/export/runtime-module';
import { presets, resolveModel, type ModelSpec } from '@convbook/layers';
import { describeInChromium, launchChromium } from '@convbook/page/testing';
import { loadModel } from '@convbook/runtime';
import { imagesOf, modelFilesOf, variedModels } from '@convbook/runtime/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleWithEsbuild, bundleWithVite } from './runtime-bundle.ts';

const app = "import { loadModel } from '@convbook/runtime'; globalThis.loadModel = loadModel;";

/** Calls the runtime in a page or worker; an error is told by its text. */
const classify = `async ({ weights, model, image, shape }) => {
  try {
    const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    const files = typeof weights === 'string' ? { weights, model } : { weights: bytes(weights.base64), model };
    const loaded = await loadModel(files);
    const { logits, className, top } = loaded.predict(bytes(image), { shape });
    return { logits: [...logits], className, first: top[0].className, isVerified: loaded.isVerified };
  } catch (error) {
    return { error: String(error) };
  }
}`;

const workerText = `import { loadModel } from './runtime.js';
const classify = ${classify};
onmessage = async ({ data }) => postMessage(await classify(data));`;

const inWorker = `(given) => new Promise((done, failed) => {
  const worker = new Worker('./worker.js', { type: 'module' });
  worker.onmessage = ({ data }) => done(data);
  worker.onerror = ({ message }) => failed(new Error(message));
  worker.postMessage(given);
})`;

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

/** Small enough to be sent to a page as text. */
const small = Object.entries(presets).filter(
  ([, spec]) =>
    resolveModel(spec).parameters.reduce((sum, { shape }) => sum + elementCount(shape), 0) < 4e6,
);
const models: [string, ModelSpec][] = [...Object.entries(variedModels), ...small];

describeInChromium('the runtime', () => {
  const files = new Map<string, string | Uint8Array>();
  const folder = mkdtempSync(path.join(tmpdir(), 'convbook-pages-'));
  const server = createServer(({ url = '/' }, response) => {
    const content = files.get(url);
    if (content === undefined) response.writeHead(404).end('<h1>Not found</h1>');
    else {
      const type = /\.js$/.test(url)
        ? 'text/javascript'
        : /\.html$/.test(url)
          ? 'text/html'
          : 'text/plain';
      response.writeHead(200, { 'content-type': type }).end(content);
    }
  });
  let browser: Browser;
  let origin = '';
  const pages = new Map<string, Page>();

  const open = async (name: string, url: string) => {
    const page = await browser.newPage();
    await page.goto(url);
    await page.waitForFunction('globalThis.loadModel !== undefined');
    pages.set(name, page);
  };
  const pageOf = (name: string) => {
    const page = pages.get(name);
    if (page === undefined) throw new Error(`no page ${name}`);
    return page;
  };
  const ask = (name: string, given: unknown, how = classify) =>
    pageOf(name).evaluate<unknown>(`(${how})(${JSON.stringify(given)})`);

  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const html = (script: string) =>
      `<!doctype html><meta charset="utf-8"><script type="module">${script}</script>`;
    const iife = await bundleWithEsbuild(app, 'iife');
    files.set('/runtime.js', await runtimeModule());
    files.set('/worker.js', workerText);
    files.set('/esbuild.js', await bundleWithEsbuild(app));
    files.set('/vite.js', await bundleWithVite(app));
    files.set(
      '/plain.html',
      html("import { loadModel } from './runtime.js'; globalThis.loadModel = loadModel;"),
    );
    files.set('/esbuild.html', html("import './esbuild.js';"));
    files.set('/vite.html', html("import './vite.js';"));
    const file = path.join(folder, 'page.html');
    writeFileSync(file, html(iife.replaceAll('</script', '<\\/script')));
    browser = await launchChromium();
    for (const name of ['plain', 'esbuild', 'vite']) await open(name, `${origin}/${name}.html`);
    await open('file', pathToFileURL(file).href);
  });
  afterAll(async () => {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(models)('answers as in Node, to the last bit: %s', async (_, spec) => {
    const { description, weights } = await modelFilesOf(spec);
    const [image] = imagesOf(1, spec.input).values();
    const { logits, className } = (await loadModel({ weights, model: description })).predict(image);
    const expected = { logits: [...logits], className, first: className, isVerified: true };
    const given = {
      weights: { base64: base64(weights) },
      model: description,
      image: base64(image),
    };
    expect(await ask('plain', given)).toEqual(expected);
  });

  it('is the same from URLs, in a worker, from file:// and bundled', async () => {
    const { description, weights } = await modelFilesOf(models[0][1]);
    files.set('/model.safetensors', weights);
    files.set('/model.json', JSON.stringify(description));
    const [image] = imagesOf(1, models[0][1].input).values();
    const { logits, className } = (await loadModel({ weights, model: description })).predict(image);
    const expected = { logits: [...logits], className, first: className, isVerified: true };
    const urls = { weights: './model.safetensors', model: './model.json', image: base64(image) };
    const bytes = { ...urls, weights: { base64: base64(weights) }, model: description };
    expect(await ask('plain', urls)).toEqual(expected);
    expect(await ask('esbuild', urls)).toEqual(expected);
    expect(await ask('vite', urls)).toEqual(expected);
    expect(await ask('plain', urls, inWorker)).toEqual(expected);
    expect(await ask('file', bytes)).toEqual(expected);
  });

  it('loads without a comparison of hashes where the page is in no secure context', async () => {
    const { description, weights } = await modelFilesOf(models[0][1]);
    const [image] = imagesOf(1, models[0][1].input).values();
    const given = {
      weights: { base64: base64(weights) },
      model: description,
      image: base64(image),
    };
    const insecure = `async (given) => {
      Object.defineProperty(crypto, 'subtle', { value: undefined, configurable: true });
      const answer = await (${classify})(given);
      delete crypto.subtle;
      return answer;
    }`;
    expect(await ask('plain', given, insecure)).toMatchObject({ isVerified: false });
  });

  it('says in one line what is wrong with a file or a picture', async () => {
    const spec = models[0][1];
    const { description, weights } = await modelFilesOf(spec);
    const other = encodeSafetensors(
      new Map([['conv1.bias', { dtype: 'F32', shape: [9], data: new Float32Array(9) }]]),
    );
    files.set('/whole.safetensors', weights);
    files.set('/cut.safetensors', weights.slice(0, -5));
    files.set('/other.safetensors', other);
    files.set('/home.html', '<!doctype html><title>Home</title>');
    files.set('/whole.json', JSON.stringify(description));
    files.set('/version.json', JSON.stringify({ ...description, version: 2 }));
    files.set('/cut.json', JSON.stringify(description).slice(0, 30));
    const image = base64(new Uint8Array(elementCount(spec.input)));
    const errorOf = async (change: object) => {
      const given = { weights: './whole.safetensors', model: './whole.json', image, ...change };
      const { error } = (await ask('plain', given)) as { error?: string };
      expect(error).not.toMatch(/\n/);
      return error ?? 'none';
    };
    expect(await errorOf({ weights: './cut.safetensors' })).toMatch(
      /^ModelFileError: \.\/cut\.safetensors: expected \d+ bytes of data after the header, got \d+; /,
    );
    const named = await errorOf({ weights: './other.safetensors' });
    expect(named).toContain('conv1.bias: expected F32 [5], got F32 [9]; ');
    expect(named).toContain('dense2.bias: expected F32 [4], got nothing');
    expect(await errorOf({ weights: './none' })).toBe(
      "ModelFileError: ./none: expected the model's weights, got HTTP 404; check the address",
    );
    expect(await errorOf({ weights: './home.html' })).toMatch(
      /expected the model's weights, got a web page; /,
    );
    expect(await errorOf({ model: './version.json' })).toMatch(
      /^ModelFileError: \.\/version\.json: expected version 1 of the format, got 2; /,
    );
    expect(await errorOf({ model: './cut.json' })).toMatch(
      /^ModelFileError: \.\/cut\.json: expected JSON, got /,
    );
    expect(await errorOf({ image: base64(new Uint8Array(7)) })).toMatch(
      /^ConfigurationError: predict: expected 198 bytes, the model's image \[2,9,11\], got 7; /,
    );
    expect(await errorOf({ image: base64(new Uint8Array(300)), shape: [10, 10, 4] })).toMatch(
      /^ConfigurationError: predict: expected 400 bytes for the shape \[10,10,4\], got 300; /,
    );
  });
});
