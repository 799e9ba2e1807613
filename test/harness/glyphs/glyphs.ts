// pnpm glyphs FOLDER: writes a data set of letters, one folder a letter, in the fonts of this machine.
// With several pictures of a letter in a font, a font's pictures all train or all test.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { createDraws } from './draws.ts';
import { drawColored, drawPlain } from './draw-glyph.ts';
import { listFaces } from './faces.ts';
import { renderGlyph } from './render-glyph.ts';

interface Options {
  texts: string;
  faces: number;
  size: number;
  colored?: true;
  variants: number;
  seed: number;
}

const command = new Command('pnpm glyphs')
  .description('Writes pictures of letters in the fonts of this machine, a folder for each letter.')
  .argument('<folder>', 'where to write')
  .option('--texts <letters>', 'the letters, each a class', 'ABCDEFGHIJ')
  .option('--faces <n>', 'at most so many fonts and styles', Number, 200)
  .option('--size <pixels>', 'width and height of a picture', Number, 64)
  .option('--colored', 'turned, scaled and in colours, on textured backgrounds')
  .option(
    '--variants <n>',
    'coloured pictures of each letter in each font; with more than one, every fifth font is in test/, the others in train/',
    Number,
    1,
  )
  .option('--seed <n>', 'of angles and colours', Number, 1)
  .action(run);

async function run(folder: string, options: Options) {
  const { texts, faces: most, size, variants } = options;
  const letters = Array.from(texts);
  const directory = resolve(process.env.INIT_CWD ?? process.cwd(), folder);
  const faces = await facesWith(letters, size, most);
  for (const [at, { masks }] of faces.entries()) {
    const side = variants === 1 ? '.' : at % 5 === 4 ? 'test' : 'train';
    for (const [k, mask] of masks.entries()) {
      const into = join(directory, side, letters[k]);
      mkdirSync(into, { recursive: true });
      await writeVariants(into, at, mask, at * letters.length + k, options);
    }
  }
  const count = faces.length * letters.length * variants;
  process.stdout.write(
    `${letters.length} letters in ${faces.length} fonts and styles: ${count} pictures in ${directory}\n`,
  );
}

async function writeVariants(
  into: string,
  face: number,
  mask: Buffer,
  glyph: number,
  { size, colored, variants, seed }: Options,
) {
  const pictures = Array.from({ length: variants }, async (_, k) => {
    const name = variants === 1 ? `${face}.png` : `${face}-${k}.png`;
    const draws = createDraws(seed, glyph, k);
    writeFileSync(
      join(into, name),
      colored ? await drawColored(mask, size, draws) : await drawPlain(mask),
    );
  });
  await Promise.all(pictures);
}

/** Fonts that draw the letters in their own way: where a font lacks a letter, another's is drawn. */
async function facesWith(letters: readonly string[], size: number, most: number) {
  const found: { masks: Buffer[] }[] = [];
  const seen = new Set<string>();
  for (const face of listFaces(letters)) {
    if (found.length === most) break;
    const masks = await Promise.all(letters.map((letter) => renderGlyph(letter, face, size)));
    const hash = createHash('sha256').update(Buffer.concat(masks)).digest('hex');
    if (seen.has(hash)) continue;
    seen.add(hash);
    found.push({ masks });
  }
  return found;
}

await command.parseAsync();
