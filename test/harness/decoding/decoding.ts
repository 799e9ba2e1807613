// pnpm bench:decoding: how fast a folder's pictures become images, beside what the library alone takes for them.
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import sharp from 'sharp';
import { decodeAll } from '../../../packages/data/src/folder/decode-all.ts';
import { watchMemory } from './watch-memory.ts';
import { writePictures } from './write-pictures.ts';

interface Options {
  pictures: number;
  rounds: number;
}

/** Reads files and resolves once all are done. */
type Pipeline = (files: readonly string[]) => Promise<void>;

const side = 64;
const making = { shape: [3, side, side], fit: 'cover', background: 255 } as const;

const pipelines: Readonly<Record<string, Pipeline>> = {
  convbook: (files) =>
    decodeAll(
      files.map((path) => ({ path, where: path })),
      (decoder, { path, where }) => decoder.decodeImage(path, where, making),
      (_, decoded) => {
        if ('problem' in decoded) throw new Error(decoded.problem);
      },
    ),
  'library, whole pictures': (files) => onAllCores(files, (file) => sharp(file).raw().toBuffer()),
  'library, shrunk while loaded': (files) =>
    onAllCores(files, (file) => sharp(file).resize(side, side).raw().toBuffer()),
};

async function onAllCores(files: readonly string[], read: (file: string) => Promise<unknown>) {
  const remaining = files.values();
  const work = async () => {
    for (const file of remaining) await read(file);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}

async function run({ pictures, rounds }: Options): Promise<void> {
  sharp.cache(false);
  sharp.concurrency(1);
  const folder = mkdtempSync(join(tmpdir(), 'convbook-decoding-'));
  try {
    const files = await writePictures(folder, pictures);
    await compare(files, rounds);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Every round gives each pipeline the same share of the files, one pipeline after another. */
async function compare(files: readonly string[], rounds: number): Promise<void> {
  const seconds = new Map(Object.keys(pipelines).map((name) => [name, 0]));
  let mostBytes = 0;
  for (let round = 0; round < rounds; round++) {
    const part = files.filter((_, at) => at % rounds === round);
    for (const [name, pipeline] of Object.entries(pipelines)) {
      const memory = watchMemory();
      const start = performance.now();
      await pipeline(part);
      seconds.set(name, (seconds.get(name) ?? 0) + (performance.now() - start) / 1000);
      const bytes = memory.end();
      if (name === 'convbook') mostBytes = Math.max(mostBytes, bytes);
    }
  }
  const own = seconds.get('convbook') ?? 0;
  for (const [name, taken] of seconds) {
    const rate = Math.round(files.length / taken);
    console.log(`${name}: ${rate} pictures/s, ${(own / taken).toFixed(2)} × ours`);
  }
  console.log(`memory of convbook's processes: at most ${Math.round(mostBytes / 1e6)} MB`);
}

await new Command('pnpm bench:decoding')
  .description('Decodes pictures of 640 × 480, one of five a PNG, by turns with the library alone.')
  .option('--pictures <n>', 'how many', Number, 20_000)
  .option('--rounds <n>', 'how often they take turns', Number, 10)
  .action(run)
  .parseAsync();
