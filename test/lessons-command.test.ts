// The book as a user asks for it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandWords } from './harness/command-words.ts';
import { root, runNode } from './run-node.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'convbook-lessons-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const lessons = (...words: string[]) => runNode(commandWords('lessons', ...words), folder);

describe('pnpm lessons', () => {
  it('writes one lesson, by its name or number, and says where it is', async () => {
    const { code, stdout, stderr } = await lessons(
      '--only',
      'pooling',
      '--out',
      'new/pooling.html',
    );
    const file = path.join(folder, 'new', 'pooling.html');
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `${pathToFileURL(file).href}\n`,
      stderr: 'Lesson 5, pooling, one file that opens in any browser:\n',
    });
    await lessons('--only', '5', '--out', '5.html');
    const [byName, byNumber] = await Promise.all(
      ['new/pooling.html', '5.html'].map((name) => readFile(path.join(folder, name), 'utf8')),
    );
    const withoutRun = (page: string) => page.replaceAll(/href="[^"]*index\.html#/g, 'href="#');
    expect(withoutRun(byName)).toBe(withoutRun(byNumber));
    expect(byName).toContain('<title');
  });

  it('an unknown lesson: 2, and the names that there are', async () => {
    const { code, stdout, stderr } = await lessons('--only', '99', '--out', 'x.html');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(
      /^error: --only: expected a lesson, got "99"; choose one of 1 .*5 pooling.*\n$/,
    );
  });

  it('a file that cannot be written: 2, in one line', async () => {
    await writeFile(path.join(folder, 'taken'), '');
    const { code, stderr } = await lessons('--only', '5', '--out', 'taken/book.html');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: --out: expected a file that can be written, got .*\n$/);
  });

  it('--serve gives it to this machine alone, until Ctrl+C', async () => {
    const words = commandWords('lessons', '--only', '5', '--out', 'served.html', '--serve');
    // Without a browser to open.
    const env = { ...process.env, INIT_CWD: folder, PATH: '' };
    const child = spawn(process.execPath, words, { cwd: root, env });
    const ended = once(child, 'exit');
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    await expect.poll(() => said).toMatch(/Served at http:\/\/127\.0\.0\.1:\d+\/ until Ctrl\+C/);
    const [address] = /http:\S+/.exec(said) ?? [''];
    const page = await (await fetch(address)).text();
    expect(page === (await readFile(path.join(folder, 'served.html'), 'utf8'))).toBe(true);
    expect((await fetch(`${address}x`)).status).toBe(404);
    expect((await fetch(address, { method: 'POST' })).status).toBe(405);
    const stranger = await new Promise((resolve) => {
      get(address, { headers: { host: 'example.org' } }, (response) =>
        resolve(response.resume().statusCode),
      );
    });
    expect(stranger).toBe(403);
    child.kill('SIGINT');
    expect(await ended).toEqual([null, 'SIGINT']);
  });
});
