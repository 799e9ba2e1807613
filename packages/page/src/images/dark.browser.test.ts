import { decode } from 'fast-png';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { html } from '../html/html.ts';
import { renderPage } from '../page.ts';
import { describeInChromium, launchChromium } from '../testing/chromium.ts';
import { divergingPicture } from './diverging.ts';
import { pictureImage } from './picture-image.ts';
import { scaleLegend } from './scale-legend.ts';

/** Weights as shares of the largest. */
const shares = [0.1, 0.25, 1];

describeInChromium('a picture of weights on paper', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  /** Contrast of a positive weight of each share with the page around it. */
  async function contrasts(theme: 'Light' | 'Dark', colorScheme: 'light' | 'dark') {
    const picture = divergingPicture([0, ...shares], 1, 4, 1);
    const body = html`<main style="width:400px">
      ${pictureImage(picture, '')}${scaleLegend({ en: 'scale', ko: '눈금' }, '1')}
    </main>`;
    const page = await browser.newPage({ colorScheme });
    await page.setContent(renderPage({ title: 'weights', body }));
    await page.getByText(theme, { exact: true }).click();
    const png = decode(await page.locator('.pixels').screenshot());
    const filters = await page.evaluate<string[]>(
      `[...document.querySelectorAll('.pixels, .legend i')].map((one) => getComputedStyle(one).filter)`,
    );
    await page.close();
    const light = [0, 1, 2, 3].map((k) => {
      const at =
        (Math.floor(png.height / 2) * png.width + Math.floor((k + 0.5) * (png.width / 4))) *
        png.channels;
      return luminance([...png.data.slice(at, at + 3)]);
    });
    const of = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    return { filters: new Set(filters), contrasts: light.slice(1).map((own) => of(own, light[0])) };
  }

  test.each(['light', 'dark'] as const)(
    'faint ones are seen as well in the dark theme as in the light one, on a system that is %s',
    async (colorScheme) => {
      const light = await contrasts('Light', colorScheme);
      const dark = await contrasts('Dark', colorScheme);
      expect(light.filters).toEqual(new Set(['none']));
      expect(dark.filters).toEqual(new Set(['url("#lift")']));
      for (const k of [0, 1]) expect(dark.contrasts[k]).toBeGreaterThan(light.contrasts[k]);
      expect(dark.contrasts[2]).toBeGreaterThan(3);
    },
  );

  test('the theme of the system has it too', async () => {
    const page = await browser.newPage({ colorScheme: 'dark' });
    const picture = pictureImage(divergingPicture([1], 1, 1, 1), '');
    await page.setContent(renderPage({ title: 'weights', body: html`<main>${picture}</main>` }));
    const filter = () =>
      page.evaluate(`getComputedStyle(document.querySelector('.pixels')).filter`);
    expect(await filter()).toBe('url("#lift")');
    await page.emulateMedia({ media: 'print' });
    expect(await filter()).toBe('none');
    await page.close();
  });
});

/** Relative luminance as WCAG defines it. */
function luminance(rgb: readonly number[]): number {
  const [r, g, b] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
