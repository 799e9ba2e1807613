// A run directory from an untrusted source: its names, labels and commands stay text in the notebook.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeNotebook, writeRunsIndex } from '@convbook/report';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeInChromium, launchChromium, pageText } from '@convbook/page/testing';
import { writeSyntheticRun } from '@convbook/run/testing';

/** Each would break out of a different context and call `alert`. */
const attacks = [
  '</script><script>alert(1)</script>',
  '</title></style></template></svg></code></pre><img src=x onerror=alert(1)>',
  '" autofocus onfocus=alert(1) x="',
  "' onmouseover=alert(1) '",
  '<svg onload=alert(1)>',
  'javascript:alert(1)',
  '${alert(1)}`;alert(1)//',
  '--><!--<img src=x onerror=alert(1)>',
  '{{constructor.constructor("alert(1)")()}}',
  '\u202egnp.exe\u2066',
  'a\u0000b\u0007\u001b[31mc\u009b\ufeffd',
  '\ud800 lone',
  '&lt;img src=x onerror=alert(1)&gt;',
  `${'very '.repeat(150)}${'W'.repeat(200)}`,
];

const at = (k: number) => attacks[k % attacks.length];

/** The record of a valid run with `text(k)` in place of its k-th text. */
function withTexts(record: Record<string, never>, text: (k: number) => string): unknown {
  let k = 0;
  const next = () => text(k++);
  const { model, configuration, data, host } = record as unknown as Record<string, object>;
  return {
    ...record,
    command: `pnpm train --model ${next()} --data ${next()}`,
    model: { ...model, name: next() },
    configuration: {
      ...configuration,
      loss: next(),
      schedule: { name: next(), warmUp: next() },
      optimizer: { name: next(), [next()]: next() },
    },
    data: {
      ...data,
      name: next(),
      scaling: next(),
      attribution: next(),
      classNames: labels(text),
      sha256: { [next()]: next() },
    },
    versions: { [next()]: next() },
    host: { ...host, processor: next(), platform: next() },
  };
}

const labels = (text: (k: number) => string) => attacks.map((_, k) => text(k));

let folder = '';
const pages: Record<string, string> = {};

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'convbook-hostile-'));
  const plain = (k: number) => `plain${'abcdefghijklmnopqrstuvwxyz'[k]}`;
  const texts = { 'plain run': plain, '<img src=x onerror=alert(1)>"\u0007\u202e': at };
  for (const [name, text] of Object.entries(texts)) {
    const directory = writeSyntheticRun(path.join(folder, name), {
      classNames: labels(text),
      testSamples: 140,
      epochs: 1,
      stepsPerEpoch: 4,
    });
    const file = path.join(directory, 'run.json');
    const record = JSON.parse(readFileSync(file, 'utf8')) as Record<string, never>;
    writeFileSync(file, JSON.stringify(withTexts(record, text)));
    pages[text === at ? 'hostile' : 'plain'] = await writeNotebook(directory);
  }
  pages.list = await writeRunsIndex(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The tags of a page in order, each with the names of its attributes, without highlighted code. */
function skeleton(page: string): string[] {
  const tags = page
    .replaceAll(/(<pre\b[^>]*>).*?<\/pre>/gs, '$1')
    .replaceAll(/<(script|style)>.*?<\/\1>/gs, '<$1>');
  return [...tags.matchAll(/<\/?[a-z!][^>]*>/gi)].map(([tag]) => tag.replaceAll(/="[^"]*"/g, ''));
}

describe('a notebook of hostile texts', () => {
  it('has the tags and attributes of one with plain texts, no more and no less', () => {
    const [plain, hostile] = ['plain', 'hostile'].map((name) => readFileSync(pages[name], 'utf8'));
    expect(skeleton(hostile)).toEqual(skeleton(plain));
  });

  it.each(attacks.map((attack, k) => ({ k, attack })))('shows attack $k as text', ({ attack }) => {
    const text = pageText(readFileSync(pages.hostile, 'utf8'));
    expect(text.includes(attack.toWellFormed())).toBe(true);
  });
});

describeInChromium('in Chromium', () => {
  it.each(['hostile', 'list'])(
    '%s: no dialog, no message, no request, no image x',
    async (name) => {
      const browser = await launchChromium();
      // The folder's name has characters that an address may not have.
      const copy = path.join(folder, `${name}.html`);
      cpSync(pages[name], copy);
      const page = await browser.newPage();
      const noticed: string[] = [];
      page.on('dialog', (dialog) => {
        noticed.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('console', (message) => noticed.push(`console: ${message.text()}`));
      page.on('pageerror', (error) => noticed.push(`error: ${error.message}`));
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith('data:') && url !== pathToFileURL(copy).href)
          noticed.push(`request: ${url}`);
      });
      await page.goto(pathToFileURL(copy).href);
      await page.locator('[data-live], table.runs').waitFor();
      await page.evaluate(
        `document.querySelectorAll('details').forEach((fold) => { fold.open = true; })`,
      );
      const handlers = await page.evaluate(
        `[...document.querySelectorAll('*')].flatMap((element) => element.getAttributeNames())
        .filter((attribute) => attribute.startsWith('on'))`,
      );
      expect({ noticed, handlers, images: await page.locator('img[src="x"]').count() }).toEqual({
        noticed: [],
        handlers: [],
        images: 0,
      });
      expect(await page.locator('body').textContent()).toContain('<img src=x onerror=alert(1)>');
      await browser.close();
    },
  );
});
