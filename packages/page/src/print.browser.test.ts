import { inflateSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { html } from './html/html.ts';
import { renderPage } from './page.ts';
import { describeInChromium, launchChromium } from './testing/chromium.ts';

describeInChromium('a page on paper', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  /** The drawing of each sheet. */
  async function sheets(body: string): Promise<string[]> {
    const page = await browser.newPage();
    const content = html`<main style="${body}"></main>`;
    await page.setContent(renderPage({ title: 'paper', body: content }));
    const pdf = await page.pdf({ preferCSSPageSize: true, tagged: false, outline: false });
    await page.close();
    return streamsOf(pdf).filter((stream) => /^\d* ?\.?\d* ?.*\bcm\b/m.test(stream));
  }

  test('has a number on each sheet, and nothing else where there is no content', async () => {
    const drawings = await sheets('height: 400mm');
    expect(drawings.length).toBe(2);
    for (const drawing of drawings) expect(drawing).toMatch(/\bT[jJ]\b/);
  });
});

/** The streams of a PDF that can be read, as text. */
function streamsOf(pdf: Buffer): string[] {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/stream\r?\n/g)].flatMap(({ index, 0: { length } }) => {
    const start = index + length;
    try {
      return [
        inflateSync(pdf.subarray(start, text.indexOf('endstream', start))).toString('latin1'),
      ];
    } catch {
      return [];
    }
  });
}
