import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { settlePage } from '@convbook/page/testing';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { renderBook } from '../book.ts';
import type { Lesson } from '../lesson.ts';

/** A lesson as a page of its own in a browser without network, once its figures answer, with the first in the window. */
export async function openLesson(
  browser: Browser,
  lesson: Lesson,
  { query = '', ...options }: BrowserContextOptions & { readonly query?: string } = {},
): Promise<Page> {
  const file = join(mkdtempSync(join(tmpdir(), 'lesson-')), `${lesson.id}.html`);
  writeFileSync(file, await renderBook([lesson]));
  const context = await browser.newContext({ offline: true, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  await page.goto(`${pathToFileURL(file).href}${query}`);
  if (options.javaScriptEnabled !== false) {
    await settlePage(page);
    await page.locator('[data-figure]').first().scrollIntoViewIfNeeded();
  }
  return page;
}
