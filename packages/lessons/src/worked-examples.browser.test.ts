// Every number of the texts, read from the book as it is printed, and from its page after a touch.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { formatCount } from '@convbook/page';
import { describeInChromium, launchChromium } from '@convbook/page/testing';
import { temporaryDirectory } from '@convbook/run/testing/folders';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderBook } from './book.ts';
import { lessons } from './lessons/index.ts';

interface WorkedExamples {
  readonly outputSize: readonly (Readonly<
    Record<'input' | 'pad' | 'filter' | 'stride' | 'value', number>
  > & { readonly exact: boolean })[];
  readonly pooling: Readonly<Record<'input' | 'max' | 'average' | 'min', number[][]>>;
  readonly digitTwo: {
    readonly input: number[][];
    readonly filters: Readonly<
      Record<string, Record<'weights' | 'featureMap' | 'pooledAfterBiasAndRelu', number[][]>>
    >;
  };
  readonly im2col: readonly { readonly input: number[]; readonly columns: number[] }[];
  readonly models: Readonly<
    Record<
      string,
      {
        readonly outputs?: readonly number[][];
        readonly params: number;
        readonly paramsWithoutBias?: number;
      }
    >
  >;
}

const source = new URL('../../../test/worked-examples.json', import.meta.url);
const worked = JSON.parse(readFileSync(source, 'utf8')) as WorkedExamples;

describeInChromium('the numbers of the texts', () => {
  let url = '';
  let browser: Browser;
  const contexts = new Map<string, Page>();

  beforeAll(async () => {
    const named = ['stride-and-padding', 'pooling', 'digit-two', 'sizes', 'im2col'];
    const file = join(temporaryDirectory(), 'book.html');
    writeFileSync(file, await renderBook(lessons.filter(({ id }) => named.includes(id))));
    url = pathToFileURL(file).href;
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  /** A part of the page, as printed or once its figure answers. */
  async function figure(id: string, isPrinted: boolean): Promise<Locator> {
    const kind = isPrinted ? 'printed' : 'alive';
    const known = contexts.get(kind);
    const page = known ?? (await browser.newPage({ javaScriptEnabled: !isPrinted, offline: true }));
    if (!known) await page.goto(url);
    contexts.set(kind, page);
    const found = page.locator(`figure[data-figure="${id}"]`);
    await found.scrollIntoViewIfNeeded();
    if (!isPrinted) await found.and(page.locator('[data-started]')).waitFor();
    return found;
  }

  /** The grids of a figure, as text. */
  const gridsOf = (place: Locator) =>
    place
      .locator('table.lesson-grid')
      .evaluateAll((tables) =>
        tables.map((table) =>
          JSON.stringify(
            [...table.querySelectorAll('tbody tr')].map((row) =>
              [...row.querySelectorAll('td')].map((cell) =>
                Number(cell.textContent.trim().replace('−', '-')),
              ),
            ),
          ),
        ),
      );

  /** Moves a slider and back: what stands there then was computed in the page. */
  async function touch(place: Locator): Promise<void> {
    const slider = place.locator('[data-controls] input[type="range"]').last();
    await slider.press('ArrowRight');
    await slider.press('ArrowLeft');
  }

  describe.each([true, false])('printed: %s', (isPrinted) => {
    test('max, average and min pooling', async () => {
      const place = await figure('pooling-window', isPrinted);
      if (!isPrinted) await touch(place);
      const { input, max, average, min } = worked.pooling;
      for (const rows of [input, max, average, min]) {
        await expect.poll(() => gridsOf(place)).toContain(JSON.stringify(rows));
      }
    });

    test('what is in a 2', async () => {
      const place = await figure('digit-two-maps', isPrinted);
      if (!isPrinted) await touch(place);
      await expect.poll(() => gridsOf(place)).toContain(JSON.stringify(worked.digitTwo.input));
      const grids = await gridsOf(place);
      for (const filter of Object.values(worked.digitTwo.filters)) {
        for (const rows of Object.values(filter)) expect(grids).toContain(JSON.stringify(rows));
      }
    });
  });

  test.each(worked.im2col)('im2col of $input has $columns', async ({ input, columns }) => {
    const place = await figure('im2col-batch', false);
    const images = place.locator('[data-controls] input[type="range"]').first();
    await images.fill(String(input[0]));
    await expect
      .poll(() => place.innerText())
      .toMatch(new RegExp(`\\(${columns.join(', ')}\\)|${columns.join('\\s*×\\s*')}`));
  });

  test.each(worked.outputSize)(
    '$input padded by $pad, filter $filter, stride $stride: $value',
    async ({ input, pad, filter, stride, value, exact }) => {
      const place = await figure('stride-sizes', false);
      const sliders = place.locator('[data-controls] input[type="range"]');
      for (const [k, number] of [input, filter, stride, pad].entries()) {
        await sliders.nth(k).fill(String(number));
      }
      await expect.poll(() => place.innerText()).toContain(`= ${value}`);
      expect(exact).toBe(Number.isInteger(value));
    },
  );

  test.each(Object.entries(worked.models))('%s', async (name, model) => {
    const { outputs = [], params, paramsWithoutBias = params } = model;
    const place = await figure('sizes-table', false);
    await place.getByLabel('Network').selectOption(name);
    await place.getByLabel('Shapes as').selectOption({ label: '(C, H, W)' });
    for (const count of [params, paramsWithoutBias]) {
      await expect.poll(() => place.locator('tfoot').innerText()).toContain(formatCount(count));
    }
    const shown = await place.locator('tbody').innerText();
    for (const shape of outputs) expect(shown).toContain(shape.join('×'));
  });
});
