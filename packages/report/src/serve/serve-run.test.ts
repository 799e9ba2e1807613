import { appendFileSync, readFileSync } from 'node:fs';
import { get } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { pageText } from '@convbook/page/testing';
import { writeSyntheticRun } from '@convbook/run/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { afterEach, expect, test } from 'vitest';
import { writeNotebook } from '../pages/write-runs.ts';
import { serveRun, type ServedRun } from './serve-run.ts';

const root = temporaryDirectory();
const begun = (name: string) =>
  writeSyntheticRun(join(root, name), { status: 'running', steps: 50 });

const served: ServedRun[] = [];
afterEach(async () => {
  await Promise.all(served.splice(0).map(({ close }) => close().catch(() => undefined)));
});

async function serve(directory: string, port = 0): Promise<ServedRun> {
  const one = await serveRun(directory, port, { restPerWork: 0 });
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

const connectTo = (address: string) => {
  const { port, hostname } = new URL(address);
  return connect(Number(port), hostname).on('error', () => undefined);
};

/** Sends bytes as they are, and resolves to what came until the server closed the connection. */
async function exchange(address: string, bytes: string): Promise<{ text: string }> {
  const socket = connectTo(address);
  let text = '';
  socket.on('data', (part: Buffer) => (text += part.toString()));
  socket.write(bytes);
  // Also after an error: the connection may be reset.
  await new Promise((resolve) => socket.on('close', resolve));
  return { text };
}

const textAt = async (address: string) =>
  pageText(await (await fetch(address)).text()).replaceAll(/\s+/g, ' ');

test('the page grows with the log, tells of it, and ends as the finished notebook', async () => {
  const directory = begun('growing');
  const { address, finish } = await serve(directory);
  const page = await (await fetch(address)).text();
  expect(page).toContain("; connect-src 'self'; ");
  expect(await textAt(address)).toContain('finished step 50 of 120');
  const next = await eventsOf(address);
  const step = {
    event: 'step',
    step: 51,
    epoch: 2,
    samples: 100,
    loss: 0.5,
    correct: 90,
    learningRate: 0.001,
    gradientNorm: 1,
  };
  appendFileSync(join(directory, 'metrics.ndjson'), `${JSON.stringify(step)}\n`);
  await next('changed');
  expect(await textAt(address)).toContain('finished step 51 of 120');
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

test('only GET and HEAD are answered', async () => {
  const { address } = await serve(begun('posted'));
  expect((await fetch(address, { method: 'POST' })).status).toBe(405);
  const head = await fetch(address, { method: 'HEAD' });
  expect({ status: head.status, body: await head.text() }).toEqual({ status: 200, body: '' });
  expect(head.headers.get('connection')).toBe('close');
});

test.each([
  ['no host', () => [], '400 Bad Request'],
  ['two hosts', (own: string) => [`Host: ${own}`, 'Host: example.org'], '400 Bad Request'],
  ['the same host twice', (own: string) => [`Host: ${own}`, `Host: ${own}`], '400 Bad Request'],
  ['a long header', (own: string) => [`Host: ${own}`, `X: ${'a'.repeat(1e6)}`], '431 Request'],
])('a request with %s is refused', async (name, headersFor, status) => {
  const { address } = await serve(begun(name));
  const { host } = new URL(address);
  const head = ['GET / HTTP/1.1', ...headersFor(host), 'Connection: close'];
  const { text } = await exchange(address, `${head.join('\r\n')}\r\n\r\n`);
  expect(text).toContain(`HTTP/1.1 ${status}`);
});

test('a page is served after a crowd that sends nothing, or half a request', async () => {
  const { address } = await serve(begun('crowded'));
  const crowd = Array.from({ length: 200 }, (_, k) =>
    exchange(address, k % 2 === 0 ? '' : 'GET / HTTP/1.1\r\nHo'),
  );
  // Every connection is closed: those beyond the most at once, the others as their time is up.
  const texts = (await Promise.all(crowd)).map(({ text }) => text.split('\r\n')[0]);
  expect(new Set(texts)).toEqual(new Set(['', 'HTTP/1.1 408 Request Timeout']));
  expect((await fetch(address)).status).toBe(200);
});

test('sixteen pages hear of changes, no more, and the notebook is still served', async () => {
  const { address } = await serve(begun('watched'));
  const leave = new AbortController();
  const watched = Array.from({ length: 20 }, async () => {
    const { status } = await fetch(`${address}events`, { signal: leave.signal });
    return status;
  });
  const statuses = await Promise.all(watched);
  const count = (status: number) => statuses.filter((one) => one === status).length;
  expect({ heard: count(200), refused: count(503) }).toEqual({ heard: 16, refused: 4 });
  expect((await fetch(address)).status).toBe(200);
  leave.abort();
});

test('the end does not wait for a page that never fetches the notebook', async () => {
  const directory = begun('unfetched');
  const { address, finish } = await serve(directory);
  const next = await eventsOf(address);
  await writeNotebook(directory);
  const finished = finish();
  await next('end');
  await finished;
  await expect(fetch(address)).rejects.toThrow('fetch failed');
});

test('the end of a run without a notebook closes the server, too', async () => {
  const { address, finish } = await serve(begun('unwritten'));
  await expect(finish()).rejects.toThrow(
    'index.html: expected this file in the run directory, got none',
  );
  await expect(fetch(address)).rejects.toThrow('fetch failed');
});

test('a run that cannot be read yet is answered with 503', async () => {
  const directory = join(root, 'nowhere');
  const { address } = await serve(directory);
  const response = await fetch(address);
  expect(response.status).toBe(503);
  expect(await response.text()).toContain('expected a run directory, got nothing there');
  begun('nowhere');
  expect((await fetch(address)).status).toBe(200);
});
