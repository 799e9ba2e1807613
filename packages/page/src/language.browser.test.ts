import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { html } from './html/html.ts';
import { pageLayout } from './html/layout.ts';
import { renderPage } from './page.ts';
import { describeInChromium, launchChromium } from './testing/chromium.ts';

const text = { en: 'Many English words in a row. '.repeat(30), ko: '짧은 글. '.repeat(20) };
const content = html`<p>${text}</p>
  <details>
    <summary>${text}</summary>
    <p>${text}</p>
  </details>
  <table>
    <tr>
      <td>${text}</td>
      <td>1</td>
    </tr>
  </table>
  <svg style="display: block; height: 500px"><path d="M0 0L9 9" /></svg>
  <p><b>${text}</b></p>`;
const parts = Array.from({ length: 9 }, (_, k) => ({ id: `part-${k}`, title: text, content }));

/** Both ways: what the window shows at its top, and what it shows once the language is another. */
const languages = ['한국어', 'English'];

describeInChromium('the switch of language', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function open(width: number): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const opening = { kicker: text, heading: html`${text}`, lead: text };
    const body = renderPage({ title: 'Parts', body: pageLayout(opening, parts) });
    // At an address, which the switch writes the language into.
    await page.route('http://page.test/', (route) =>
      route.fulfill({ contentType: 'text/html', body }),
    );
    await page.goto('http://page.test/');
    return page;
  }
  const scrollTo = (page: Page, top: number) =>
    page.evaluate(`scrollTo({ top: ${top}, behavior: 'instant' })`);
  /** Where a part's heading is in the window. */
  const topOf = (page: Page, part: number) =>
    page.locator(`#part-${part} h2`).evaluate((heading) => heading.getBoundingClientRect().top);

  test.each([390, 1280])(
    'leaves a heading at the top of the window there, at %i px',
    async (width) => {
      const page = await open(width);
      for (const part of [1, 4, 7]) {
        await scrollTo(
          page,
          (await page.evaluate<number>('scrollY')) + (await topOf(page, part)) - 66,
        );
        for (const language of languages) {
          await page.getByText(language, { exact: true }).click();
          expect(Math.abs((await topOf(page, part)) - 66)).toBeLessThan(2);
        }
      }
      await page.close();
    },
  );

  test.each([390, 1280])('leaves what is read there, wherever one is, at %i px', async (width) => {
    const page = await open(width);
    /** The element just below the top of the window, but for those of one language. */
    const read = () =>
      page.evaluate<string>(`(() => {
        const under = document.elementFromPoint(innerWidth / 2, 66).closest(':not(span, path, b)');
        return [...document.querySelectorAll('*')].indexOf(under) + under.tagName;
      })()`);
    for (let top = 1000; top < 9000; top += 1900) {
      await scrollTo(page, top);
      const before = await read();
      for (const language of languages) {
        await page.getByText(language, { exact: true }).click();
        if (!/SECTION|MAIN|DIV/.test(before))
          expect(`${top}: ${await read()}`).toBe(`${top}: ${before}`);
      }
    }
    await page.close();
  });

  test('leaves the start of the page at its start', async () => {
    const page = await open(1280);
    for (const language of languages) {
      await page.getByText(language, { exact: true }).click();
      expect(await page.evaluate('scrollY')).toBe(0);
    }
    await page.close();
  });

  test('works by keyboard, too, and keeps its own choice', async () => {
    const page = await open(1280);
    await scrollTo(page, (await topOf(page, 4)) - 66);
    await page.getByRole('radio', { name: 'English' }).press('ArrowRight');
    expect(await page.getByRole('radio', { name: '한국어' }).isChecked()).toBe(true);
    expect(Math.abs((await topOf(page, 4)) - 66)).toBeLessThan(2);
    await page.close();
  });
});
