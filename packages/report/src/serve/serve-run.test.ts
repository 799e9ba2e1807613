import { appendFileSync, readFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { serveRun, writeNotebook, type ServedRun } from '../index.ts';
import { pageText } from '../testing/page-text.ts';
import { writeSyntheticRun } from '../testing/synthetic-run.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';

const root = temporaryDirectory();
const begun = (name: string) =>
  writeSyntheticRun(join(root, name), { status: 'running', steps: 50 });

const served: ServedRun[] = [];
afterEach(async () => {
  await Promise.all(served.splice(0).map(({ close }) => close().catch(() => undefined)));
});

async function serve(directory: string, port = 0): Promise<ServedRun> {
  const one = await serveRun(directory, port, 0);
  served.push(one);
  return one;
}

/** The events of a server, one after another. */
async function eventsOf(address: string) {
  const response = await fetch(`${address}events`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return async function next(event: string): Promise<void> {
    while (!text.includes(`event: ${event}\n`)) {
      const { value, done } = (await reader?.read()) ?? { value: '', done: true };
      if (done) throw new Error(`the events ended without ${event}`);
      text += value;
    }
    text = text.slice(text.indexOf(`event: ${event}\n`) + 1);
  };
}

const textAt = async (address: string) =>
  pageText(await (await fetch(address)).text()).replaceAll(/\s+/g, ' ');

test('the page grows with the log, tells of it, and ends as the finished notebook', async () => {
  const directory = begun('growing');
  const { address, finish } = await serve(directory);
  const page = await (await fetch(address)).text();
  expect(page).toContain("; connect-src 'self'; ");
  expect(await textAt(address)).toContain('after step 50 of 120');
  const next = await eventsOf(address);
  const step = {
    ...{ event: 'step', step: 51, epoch: 2, samples: 100, loss: 0.5, correct: 90 },
    ...{ learningRate: 0.001, gradientNorm: 1 },
  };
  appendFileSync(join(directory, 'metrics.ndjson'), `${JSON.stringify(step)}\n`);
  await next('changed');
  expect(await textAt(address)).toContain('after step 51 of 120');
  const notebook = readFileSync(await writeNotebook(directory), 'utf8');
  expect(notebook).not.toContain('connect-src');
  const finished = finish();
  await next('end');
  expect((await (await fetch(address)).text()) === notebook).toBe(true);
  await finished;
  await expect(fetch(address)).rejects.toThrow('fetch failed');
});

test('where the port is taken another is used', async () => {
  const directory = begun('taken');
  const first = await serve(directory);
  const port = Number(new URL(first.address).port);
  const second = await serve(directory, port);
  expect(first.isElsewhere).toBe(false);
  expect(second.isElsewhere).toBe(true);
  expect(second.address).not.toBe(first.address);
});

test.each([
  ['another host name', '/', { host: 'example.org' }, 403],
  ['another path', '/run.json', {}, 404],
])('%s is refused', async (name, path, headers, status) => {
  const { address } = await serve(begun(name));
  const got = await new Promise((resolve) => {
    get(new URL(path, address), { headers }, (response) => resolve(response.resume().statusCode));
  });
  expect(got).toBe(status);
});

test('only GET is answered', async () => {
  const { address } = await serve(begun('posted'));
  expect((await fetch(address, { method: 'POST' })).status).toBe(405);
});

test('a run that cannot be read yet is answered with 503', async () => {
  const { address } = await serve(join(root, 'nowhere'));
  expect((await fetch(address)).status).toBe(503);
});
