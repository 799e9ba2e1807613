// node scripts/readme-picture.mjs RUN: the first screens of a run's notebook as docs/images/notebook.webp, for README.md.
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import sharp from 'sharp';

const root = path.join(import.meta.dirname, '..');
const [run = ''] = process.argv.slice(2);
const found = [path.resolve(process.env.INIT_CWD ?? '.', run), path.join(root, 'reports', run)]
  .map((folder) => path.join(folder, 'index.html'))
  .find((page) => existsSync(page));
if (run === '' || found === undefined) {
  process.stderr.write(
    `readme-picture: expected a run with a notebook, got ${run || 'nothing'}; name one\n`,
  );
  process.exit(2);
}

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
/** Pixels; a README shows it at about two thirds of this. */
const mostHeight = 2400;
const viewport = { width: 1280, height: 1800 };
const page = await browser.newPage({ viewport, colorScheme: 'light', locale: 'en-US' });
await page.goto(pathToFileURL(found).href);
// The picture ends after the samples of the classes: accuracy and pictures on one sheet.
const end = await page.evaluate(`(() => {
  const figures = [...document.querySelectorAll('#data figure')];
  const samples = figures.find((one) => one.querySelector(':scope .strips, :scope .means'));
  return samples === undefined ? ${viewport.height} : samples.getBoundingClientRect().bottom + 24;
})()`);
await page.setViewportSize({ ...viewport, height: Math.min(Math.ceil(end), mostHeight) });
// One frame more: charts and pictures are laid out as they come into view.
await page.evaluate(
  'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
);
const picture = await page.screenshot();
await browser.close();

const out = path.join(root, 'docs', 'images', 'notebook.webp');
mkdirSync(path.dirname(out), { recursive: true });
const { width, height, size } = await sharp(picture).webp({ quality: 80, effort: 6 }).toFile(out);
process.stdout.write(`${out}: ${width} × ${height}, ${size} bytes\n`);
