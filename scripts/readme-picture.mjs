// Pictures of README.md, in docs/images/.
// node scripts/readme-picture.mjs RUN: the first screens of a run's notebook as notebook.webp.
// node scripts/readme-picture.mjs --lessons: the second lesson of reports/lessons/index.html as lessons.webp.
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import sharp from 'sharp';

const root = path.join(import.meta.dirname, '..');
const [wanted = ''] = process.argv.slice(2);
const isBook = wanted === '--lessons';
const folders = isBook
  ? [path.join(root, 'reports', 'lessons')]
  : [path.resolve(process.env.INIT_CWD ?? '.', wanted), path.join(root, 'reports', wanted)];
const found = folders
  .map((folder) => path.join(folder, 'index.html'))
  .find((file) => existsSync(file));
if (wanted === '' || found === undefined) {
  process.stderr.write(
    `readme-picture: expected a run with a notebook, or --lessons after pnpm lessons, got ${wanted || 'nothing'}; name one\n`,
  );
  process.exit(2);
}

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const viewport = { width: 1280, height: 1800 };
const page = await browser.newPage({ viewport, colorScheme: 'light', locale: 'en-US' });
await page.goto(pathToFileURL(found).href);
const picture = await (isBook ? lesson() : firstScreens());
await browser.close();

const out = path.join(root, 'docs', 'images', isBook ? 'lessons.webp' : 'notebook.webp');
mkdirSync(path.dirname(out), { recursive: true });
const { width, height, size } = await sharp(picture).webp({ quality: 80, effort: 6 }).toFile(out);
process.stdout.write(`${out}: ${width} × ${height}, ${size} bytes\n`);

/** The picture ends after the samples of the classes: accuracy and pictures on one sheet. */
async function firstScreens() {
  // Pixels; a README shows it at about two thirds of this.
  const mostHeight = 2400;
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
  return page.screenshot();
}

/** The figures of the second lesson, both at work. */
async function lesson() {
  const section = page.locator('#convolution');
  for (const figure of await section.locator('[data-figure]').all()) {
    await figure.scrollIntoViewIfNeeded();
    await figure.and(page.locator('[data-started]')).waitFor();
  }
  const place = section.locator('[data-figure] input[type="range"]').last();
  for (let step = 0; step < 4; step++) await place.press('ArrowRight');
  await section.locator('h2').scrollIntoViewIfNeeded();
  const { x, y, width } = await section.boundingBox();
  const end = await section.locator('[data-figure]').last().boundingBox();
  return page.screenshot({
    clip: { x: x - 40, y: y - 8, width: width + 56, height: end.y + end.height - y + 24 },
  });
}
