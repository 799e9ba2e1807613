// The growing notebook in a browser, from a real run that is interrupted while it is looked at.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium, launchChromium } from '@convbook/page/testing';
import { commandWords } from './harness/command-words.ts';
import { smallRun, writeSmall } from './harness/faults/small.ts';
import { root } from './run-node.ts';

describeInChromium('pnpm train --live', () => {
  let folder = '';
  let browser: Browser;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'convbook-live-'));
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('grows in the page, keeps what is open, and ends as the file; Ctrl+C still works', async () => {
    writeSmall(folder);
    const words = [...smallRun, '--epochs', '1000', '--live', '0', '--out', 'run'];
    // In a group of its own, for a terminal sends Ctrl+C to all of a group.
    const child = spawn(process.execPath, commandWords('train', ...words), {
      cwd: root,
      env: { ...process.env, INIT_CWD: folder },
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const exited = once(child, 'exit') as Promise<[number | null]>;
    try {
      const page = await browser.newPage();
      const noticed: string[] = [];
      page.on('console', (message) => noticed.push(`console: ${message.text()}`));
      page.on('pageerror', (error) => noticed.push(`error: ${error.message}`));
      const address = await addressIn(child.stderr);
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(address) && !url.startsWith('data:')) noticed.push(`request: ${url}`);
      });
      await page.goto(address);
      await page.getByText('was still running when this page was made').waitFor();
      const place = () => page.locator('.note').first().textContent();
      const before = await place();
      await page.locator('#model summary, #data summary').first().click();
      await expect.poll(place, { timeout: 120_000, interval: 500 }).not.toBe(before);
      expect(await page.locator('#model details[open], #data details[open]').count()).toBe(1);
      expect(await page.locator('.contents [aria-current]').count()).toBe(1);

      process.kill(-(child.pid as number), 'SIGINT');
      await page.getByText('This run was interrupted').waitFor({ timeout: 60_000 });
      const [code] = await exited;
      expect(code).toBe(130);
      const notebook = await readFile(path.join(folder, 'run/index.html'), 'utf8');
      expect(notebook).not.toContain('connect-src');
      expect(await page.locator('meta[http-equiv]').getAttribute('content')).not.toContain(
        'connect-src',
      );
      expect(noticed).toEqual([]);
    } finally {
      if (child.exitCode === null) child.kill('SIGKILL');
    }
  }, 240_000);
});

/** The first address on a stream, which is read on: a closed one would end the run. */
function addressIn(stderr: Readable): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    stderr.on('data', (part: Buffer) => {
      text += part.toString();
      const [address] = /http:\S+(?=\n)/.exec(text) ?? [];
      if (address !== undefined) resolve(address);
    });
    stderr.on('end', () => reject(new Error(`expected an address on stderr, got ${text}`)));
  });
}
