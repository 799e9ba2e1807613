// Whatever happens to the live page or is done to its server, training ends with the same model, exit
// code and notebook: real processes, stopped, killed and beset.
import { once } from 'node:events';
import { existsSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeSmall } from './harness/faults/small.ts';
import { isThere, modelOf, startLive, startTraining, type LiveRun } from './live-run.ts';

let folder = '';
let expected: string | undefined;
const started: LiveRun[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'convbook-live-'));
  writeSmall(folder);
  await startTraining(folder, 'unwatched').ended;
  expected = modelOf(folder, 'unwatched');
  expect(expected).toBeDefined();
});
afterAll(() => {
  for (const { pid, serverPid } of started) {
    if (isThere(pid)) process.kill(pid, 'SIGKILL');
    if (isThere(serverPid)) process.kill(serverPid, 'SIGKILL');
  }
  rmSync(folder, { recursive: true, force: true });
});

async function live(out: string, port?: number): Promise<LiveRun> {
  const run = await startLive(folder, out, port);
  started.push(run);
  return run;
}

/** The outcome of a run, once it and its server have ended. */
async function outcome({ ended, serverPid }: LiveRun, out: string) {
  const { code, stderr } = await ended;
  await vi.waitUntil(() => !isThere(serverPid), { timeout: 20_000 });
  const hasNotebook = existsSync(path.join(folder, out, 'index.html'));
  return { code, model: modelOf(folder, out), hasNotebook, pageLines: linesOf(stderr) };
}

/** The lines about the page, but for its address. */
function linesOf(stderr: string): string[] {
  return stderr.split('\n').filter((line) => line.startsWith('--live: '));
}

/** The outcome of an undisturbed run. */
const untroubled = () => ({
  code: 0,
  model: expected,
  hasNotebook: true,
  pageLines: [] as string[],
});

describe.concurrent('pnpm train --live', () => {
  it('a stopped server holds up neither training nor its end', async () => {
    const run = await live('stopped');
    process.kill(run.serverPid, 'SIGSTOP');
    expect(await outcome(run, 'stopped')).toEqual(untroubled());
  });

  it.each(['SIGKILL', 'SIGABRT'] as const)('a server killed by %s is reported', async (signal) => {
    const run = await live(signal);
    process.kill(run.serverPid, signal);
    const line = `--live: the page has ended, got ${signal}; training goes on without it`;
    expect(await outcome(run, signal)).toEqual({ ...untroubled(), pageLines: [line] });
  });

  it('a page that cannot be made is made as soon as it can be', async () => {
    const run = await live('damaged');
    // Following this link never ends: an error that is not about run directories.
    const file = path.join(folder, 'damaged', 'dataset.json');
    renameSync(file, `${file}.kept`);
    symlinkSync(file, file);
    const damaged = await fetch(run.address);
    renameSync(`${file}.kept`, file);
    expect({ status: damaged.status, text: await damaged.text() }).toEqual({
      status: 503,
      text: expect.stringContaining('ELOOP') as string,
    });
    await vi.waitUntil(async () => (await fetch(run.address)).status === 200, { timeout: 20_000 });
    const { pageLines, ...rest } = await outcome(run, 'damaged');
    expect({ ...rest, pageLines: [] }).toEqual(untroubled());
    expect(pageLines).toEqual([expect.stringContaining('ELOOP')]);
  });

  it('a port in use, and clients that send half a request or too much, or read nothing', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const run = await live('beset', port);
    const own = Number(new URL(run.address).port);
    const clients = Array.from({ length: 2000 }, () => connectTo(own));
    const ask = (text: string) => {
      const client = connectTo(own);
      client.write(text);
      clients.push(client);
      return client;
    };
    clients.forEach((client, k) => k % 2 === 0 && client.write('GET / HT'));
    ask(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${own}\r\n\r\n`).pause();
    ask(`GET /events HTTP/1.1\r\nHost: 127.0.0.1:${own}\r\n\r\n`).pause();
    ask(`GET /${'a'.repeat(10_000_000)}`);
    ask(`GET / HTTP/1.1\r\nCookie: ${'a'.repeat(10_000_000)}`);
    const { pageLines, ...rest } = await outcome(run, 'beset');
    expect({ ...rest, pageLines: [] }).toEqual(untroubled());
    expect(pageLines).toEqual([`--live: port ${port} is in use, another is taken`]);
    clients.forEach((client) => client.destroy());
    taken.close();
  });

  it('Ctrl+C leaves the server to the training, whose end ends it', async () => {
    const run = await live('interrupted');
    process.kill(-run.pid, 'SIGINT');
    expect((await outcome(run, 'interrupted')).pageLines).toEqual([]);
    expect((await run.ended).code).toBe(130);
  });

  it('no server outlives a killed training', async () => {
    const run = await live('killed');
    process.kill(run.pid, 'SIGKILL');
    await vi.waitUntil(() => !isThere(run.serverPid), { timeout: 20_000 });
  });
});

function connectTo(port: number): Socket {
  return connect(port, '127.0.0.1').on('error', () => undefined);
}
