// node --import tsx scripts/large-batches.ts: test accuracy against batch size at the same number of epochs,
// with the defaults and with the recipes for large batches. Every run is added to the JSON file as it ends;
// one that is there already is not trained again.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DivergedError } from '@convbook/core';
import { loadMnist, type Dataset } from '@convbook/data';
import { presets } from '@convbook/layers';
import { readRun } from '@convbook/run';
import { train } from '@convbook/trainer';
import { createCommand, runCommand, toCount } from 'convbook/command';
import { Option } from 'commander';
import { listOfCounts } from './list-of-counts.ts';
import { largeBatchTables, ways, type Trained, type Way } from './large-batch-table.ts';

interface Options {
  model: keyof typeof presets;
  batch: number[];
  way: Way[];
  limit: number;
  test: number;
  epochs: number;
  seed: number;
  workers: number;
  json: string;
}

async function run({ json, workers, batch, way: chosen, ...shared }: Options): Promise<void> {
  const data = withTest(loadMnist(), shared.test);
  const wanted = batch.flatMap((batchSize) => chosen.map((way) => ({ ...shared, batchSize, way })));
  for (const one of wanted) {
    if (readTrained(json).some((done) => isSame(done, one))) continue;
    const trained = await trainOne(one, data, workers);
    writeFileSync(json, `${JSON.stringify([...readTrained(json), trained], null, 2)}\n`);
    process.stderr.write(`${JSON.stringify(trained)}\n`);
  }
  process.stdout.write(`${largeBatchTables(readTrained(json))}\n`);
}

/** The data set with the first `count` of its test images. */
function withTest(data: Dataset, count: number): Dataset {
  const { images, labels } = data.test;
  const size = images.length / data.test.count;
  const test = {
    images: images.subarray(0, count * size),
    labels: labels.subarray(0, count),
    count,
  };
  return { ...data, test };
}

type Wanted = Omit<Trained, 'steps' | 'learningRate' | 'testAccuracy'> & Pick<Options, 'model'>;

function readTrained(file: string): Trained[] {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Trained[]) : [];
}

function isSame(done: Trained, wanted: Wanted): boolean {
  return Object.entries(wanted).every(([name, value]) =>
    Object.entries(done).some(([own, is]) => own === name && is === value),
  );
}

async function trainOne(wanted: Wanted, data: Dataset, workers: number): Promise<Trained> {
  const { model, way, test: _, ...settings } = wanted;
  const folder = await mkdtemp(join(tmpdir(), 'convbook-large-batches-'));
  const out = join(folder, 'run');
  try {
    await train({
      ...settings,
      model: presets[model],
      recipe: ways[way],
      data,
      workers,
      out,
    }).catch((error: unknown) => {
      if (!(error instanceof DivergedError)) throw error;
    });
    const { configuration, result } = readRun(out).record;
    return {
      ...wanted,
      steps: Math.ceil(settings.limit / settings.batchSize) * settings.epochs,
      learningRate: configuration.scaledRate ?? configuration.learningRate,
      testAccuracy: result?.testAccuracy ?? null,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const usualBatches = [100, 256, 512, 1024, 2048, 4096, 8192];

const command = createCommand(
  'large-batches',
  'Test accuracy on MNIST against batch size at the same number of epochs: defaults and recipes for large batches.',
  ['node --import tsx scripts/large-batches.ts --model simple-convnet --limit 20000 --epochs 5'],
)
  .option('--model <name>', 'a preset', 'simple-convnet')
  .option('--batch <n...>', 'samples a step', listOfCounts(usualBatches), usualBatches)
  .addOption(
    new Option('--way <name...>', 'defaults or a recipe')
      .choices(Object.keys(ways))
      .default(Object.keys(ways)),
  )
  .option('--limit <n>', 'training samples', toCount, 20_000)
  .option('--test <n>', 'test images, the first n', toCount, 10_000)
  .option('--epochs <n>', 'of every run', toCount, 5)
  .option('--seed <n>', 'of every run', toCount, 1)
  .option('--workers <n>', 'threads', toCount, 1)
  .option('--json <file>', 'what is done, kept between calls', 'large-batches.json')
  .action(run);

await runCommand(command);
