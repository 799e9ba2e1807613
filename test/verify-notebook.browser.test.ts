// A notebook that a browser saved still carries its run.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeInChromium, launchChromium } from '@convbook/page/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import { beforeAll, expect, it } from 'vitest';
import { commandWords } from './harness/command-words.ts';
import { writeSmall } from './harness/faults/small.ts';
import { runNode } from './run-node.ts';

describeInChromium('a notebook saved by a browser', () => {
  const folder = temporaryDirectory();
  const run = (command: string, ...rest: string[]) =>
    runNode(commandWords(command, ...rest, '--workers=0'), folder);
  const errors: string[] = [];

  beforeAll(async () => {
    writeSmall(folder);
    const words = ['--model=small.mjs', '--data=blobs', '--epochs=1', '--progress=none'];
    const { code, stderr } = await run('train', ...words, '--out=run');
    expect(code, stderr).toBe(0);
    const browser = await launchChromium();
    const page = await browser.newPage({ offline: true });
    page.on('pageerror', ({ message }) => errors.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await page.goto(pathToFileURL(path.join(folder, 'run', 'index.html')).href);
    await page.locator('[data-live]').waitFor();
    writeFileSync(path.join(folder, 'content.html'), await page.content());
    await browser.close();
  });

  it('is verified', async () => {
    expect(await run('verify', 'content.html')).toMatchObject({ code: 0, stdout: 'equal\n' });
  });

  it('and the element changes nothing in the page: no error, nothing run', () => {
    expect(errors).toEqual([]);
  });
});
