import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInChromium, launchChromium } from './chromium.ts';
import { settlePage } from './settle-page.ts';

/** Three parts far from each other, each of which gets its height once it is in the window, and a button below them. */
const growing = `<main style="padding-bottom: 4000px">
  ${['one', 'two', 'three']
    .map((id) => `<div data-figure id="${id}" style="margin-top: 1500px">${id}</div>`)
    .join('')}
  <button onclick="this.dataset.pressed = ''">Press</button>
</main>
<script>
  for (const part of document.querySelectorAll('[data-figure]')) {
    new IntersectionObserver(([{ isIntersecting }]) => {
      if (!isIntersecting || 'started' in part.dataset) return;
      part.style.height = '700px';
      part.dataset.started = '';
    }).observe(part);
  }
</script>`;

describeInChromium('settlePage', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function show(content: string): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
    await page.setContent(content);
    return page;
  }
  const heights = (page: Page) =>
    page.locator('[data-figure]').evaluateAll((parts) => parts.map((part) => part.clientHeight));
  const scrolled = (page: Page) => page.evaluate<number>('scrollY');

  test('fills every part, and leaves the page where it was', async () => {
    const page = await show(growing);
    await page.evaluate('scrollTo(0, 300)');
    await settlePage(page);
    expect(await heights(page)).toEqual([700, 700, 700]);
    expect(await scrolled(page)).toBe(300);
    await page.close();
  });

  test('leaves the page at the part that its address names, which was pushed down', async () => {
    const page = await show(growing);
    await page.evaluate(`location.hash = '#three'`);
    await settlePage(page);
    expect(await page.locator('#three').evaluate((part) => part.getBoundingClientRect().top)).toBe(
      0,
    );
    await page.close();
  });

  test('afterwards a click moves nothing', async () => {
    const page = await show(growing);
    await settlePage(page);
    const height = await page.evaluate('document.body.scrollHeight');
    await page.getByRole('button').click();
    expect(await page.locator('[data-pressed]').count()).toBe(1);
    expect(await page.evaluate('document.body.scrollHeight')).toBe(height);
    await page.close();
  });

  test.each([
    ['<b data-figure="">never</b>', '<p><b data-figure>never</b></p>'],
    [
      'parts that move',
      `<p></p><script>
        const grow = () => {
          document.querySelector('p').style.height = performance.now() + 'px';
          requestAnimationFrame(grow);
        };
        grow();
      </script>`,
    ],
  ])('says what does not come to rest: %s', async (got, content) => {
    const page = await show(content);
    await expect(settlePage(page, 0.2)).rejects.toThrow(
      new Error(
        `settlePage: expected about:blank to come to rest within 0.2 seconds, got ${got}; look what still fills or moves it`,
      ),
    );
    await page.close();
  });

  test('waits for no part of a closed fold', async () => {
    const page = await show('<details><summary>more</summary><p data-figure></p></details>');
    await settlePage(page);
    await page.close();
  });
});
