// pnpm bench: time of a training step, one process per measurement, repetitions interleaved.
import { availableParallelism, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigurationError, highest } from '@convbook/core';
import type { StepProfile } from '@convbook/trainer/benchmark';
import { InvalidArgumentError } from 'commander';
import { toReport, type MeasuredModels } from './bench-report.ts';
import { checkModels } from './check-models.ts';
import { compare, mostWorkers, ratios, type Compared } from './compare.ts';
import { measureProfile } from './measure.ts';
import { findPeers, type PeerVariant } from './peers.ts';
import { profileTable } from './profile-table.ts';
import { benchPredictions } from './predictions.ts';
import { bestOfPeers, peerRow, stepsHead, stepsNote, stepsRow } from './steps-table.ts';
import {
  createCommand,
  dataOption,
  runCommand,
  toCount,
  toNumber,
  typedIn,
} from 'convbook/command';
import { say, style } from 'convbook/progress';

interface Options {
  model: string[];
  data?: string;
  workers: number[];
  batchSize?: number;
  shardSize?: number;
  repeat: number;
  seconds: number;
  profile?: string;
  peers?: true;
  predict?: true;
  ranks?: true;
  json?: true;
  page?: string;
}

// The seven models that the peers were measured on.
const measuredPresets = [
  'simple-convnet',
  'tf-tutorial',
  'taewan',
  'keras-figure',
  'two-stage',
  'batched-cnn',
  'lenet',
];

const command = createCommand('bench', 'Times training steps (Adam), the median of repetitions.', [
  'pnpm bench                                 seven presets, one worker and all',
  'pnpm bench --model lenet --workers 1,2,4 --repeat 5',
  'pnpm bench --profile lenet --workers 1',
  'pnpm bench --peers --repeat 1              with PyTorch and TensorFlow.js',
  'pnpm bench --predict --peers               with onnxruntime-web and TensorFlow.js',
  'mpirun -n 2 node scripts/start.mjs bench --ranks      the network, and steps of two ranks',
  'pnpm bench --page bench.html               with charts, and a profile of each model',
  'pnpm -s bench --json',
])
  .option('--model <names>', 'presets or files, separated by commas', toList, measuredPresets)
  .addOption(dataOption('what fits the model'))
  .option('--workers <list>', 'worker counts (default: 1 and the cores there are)', toCounts, [
    ...new Set([1, availableParallelism()]),
  ])
  .option('--batch-size <n>', 'samples a step (default: 100, keras-figure 32)', toCount)
  .option('--shard-size <n>', 'most samples a shard', toCount)
  .option('--repeat <n>', 'measurements of each', toCount, 3)
  .option('--seconds <x>', 'length of a measurement, after as long a warm-up', toNumber, 2)
  .option('--profile <model>', 'where the time of its steps goes, layer by layer')
  .option('--peers', 'other systems too, if they are installed as test/peers/README.md says')
  .option('--predict', 'predictions of one image and of 100, on one thread, instead of steps')
  .option('--ranks', 'the network between MPI ranks, their steps, and a projection for more nodes')
  .option('--json', 'a line of JSON for each model and worker count on stdout')
  .option('--page <file>', 'an HTML page with charts; profiles each model, too')
  .action(bench);

async function bench(options: Options): Promise<void> {
  if (options.ranks) {
    checkRanks(options);
    await ranks(options);
    return;
  }
  await checkModels(options.model);
  (await import('./say-if-launched.ts')).sayIfLaunched();
  const load = loadavg()[0];
  say(`load before: ${load.toFixed(2)}`);
  if (load > 0.5) say(style('yellow', 'the machine is busy; figures will be too low'));
  if (options.predict) {
    checkPredict(options);
    await benchPredictions(options);
    return;
  }
  if (options.profile !== undefined) {
    await profile(options.profile, options);
    return;
  }
  const variants = options.peers ? await installedPeers() : [];
  if (!options.json) say(`${stepsNote}\n${style('bold', stepsHead)}`);
  const at = new Date().toISOString();
  const measured = await measureModels(options, variants);
  if (options.page === undefined) return;
  const report = toReport(at, load, measured);
  const { writeBenchmark } = await import('@convbook/report/benchmark');
  const page = await writeBenchmark(report, resolve(typedIn, options.page));
  say(pathToFileURL(page).href);
}

/** Every rank comes here; only rank 0 prints. By default two models: small nets gain little by more nodes. */
async function ranks({ model, workers, batchSize = 100, shardSize = 16, ...rest }: Options) {
  const { benchRanks } = await import('./ranks.ts');
  const isTyped = (name: string) => command.getOptionValueSource(name) === 'cli';
  await benchRanks({
    ...rest,
    model: isTyped('model') ? model : ['simple-convnet', 'batched-cnn'],
    workers: isTyped('workers') ? Math.max(1, highest(workers)) : undefined,
    batchSize,
    shardSize,
  });
}

/** @throws ConfigurationError for an option that steps of ranks do not have. */
function checkRanks({ profile, page, peers, predict }: Options): void {
  const given = { '--profile': profile, '--page': page, '--peers': peers, '--predict': predict };
  const [flag] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
  if (flag === undefined) return;
  throw new ConfigurationError(
    `bench: --ranks times steps of ranks alone, got ${flag}; leave it out`,
  );
}

/** @throws ConfigurationError for an option that only training steps have. */
function checkPredict({ profile, page }: Options): void {
  if (profile === undefined && page === undefined) return;
  const got = profile === undefined ? '--page' : '--profile';
  throw new ConfigurationError(
    `bench: --predict times no training steps, got ${got}; leave it out`,
  );
}

async function installedPeers(): Promise<PeerVariant[]> {
  const variants = await findPeers();
  if (variants.length === 0) say(style('yellow', 'no peer is installed; see test/peers/README.md'));
  return variants;
}

/** Measures every model, and prints each as soon as it is measured. */
async function measureModels(
  options: Options,
  variants: readonly PeerVariant[],
): Promise<MeasuredModels> {
  const compared: Compared[] = [];
  const profiles: StepProfile[] = [];
  for (const model of options.model) {
    const settings = settingsOf(options, model);
    const one = await compare(settings, variants, options);
    compared.push(one);
    tell(one, options);
    if (options.page === undefined) continue;
    const workers = Math.max(1, highest(options.workers));
    profiles.push(await measureProfile({ ...settings, workers }));
  }
  return { compared, profiles };
}

function tell(compared: Compared, options: Options): void {
  const { summaries, peers } = compared;
  if (options.json) {
    for (const line of [...summaries, ...ratios(compared, peers)]) {
      print(JSON.stringify(line));
    }
    return;
  }
  for (const summary of summaries) print(stepsRow(summary));
  const ours = mostWorkers(compared);
  for (const peer of bestOfPeers(peers)) print(peerRow(ours, peer));
}

function settingsOf({ data, batchSize, shardSize, seconds }: Options, model: string) {
  const usual = model === 'keras-figure' ? 32 : 100;
  return { model, data, shardSize, seconds, batchSize: batchSize ?? usual };
}

async function profile(model: string, options: Options): Promise<void> {
  for (const count of options.workers) {
    const settings = { ...settingsOf(options, model), workers: Math.max(1, count) };
    const measured = await measureProfile(settings);
    print(options.json ? JSON.stringify(measured) : `${profileTable(measured)}\n`);
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function toList(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}

function toCounts(text: string): number[] {
  const counts = toList(text).map(Number);
  if (counts.every((count) => Number.isSafeInteger(count) && count >= 0)) return counts;
  throw new InvalidArgumentError('Expected worker counts such as 1,2,4.');
}

await runCommand(command);
