// pnpm bench: time of a training step, a process a measurement, repetitions interleaved.
import { availableParallelism, loadavg } from 'node:os';
import { InvalidArgumentError } from 'commander';
import { measureProfile, measureSteps } from './support/bench/measure.ts';
import {
  findPeers,
  measurePeer,
  type PeerResult,
  type PeerVariant,
} from './support/bench/peers.ts';
import { profileTable } from './support/bench/profile-table.ts';
import {
  peerRow,
  stepsHead,
  stepsRow,
  summarizeSteps,
  type StepsSummary,
} from './support/bench/steps-table.ts';
import { createCommand, runCommand, toCount, toNumber } from './support/command.ts';
import { say, style } from './support/progress.ts';

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
  json?: true;
}

// The seven models that the peers were measured on.
const measuredPresets = [
  ...['simple-convnet', 'tf-tutorial', 'taewan', 'keras-figure'],
  ...['two-stage', 'batched-cnn', 'lenet'],
];

const command = createCommand('bench', 'Times training steps (Adam), the median of repetitions.', [
  'pnpm bench                                 seven presets, one worker and all',
  'pnpm bench --model lenet --workers 1,2,4 --repeat 5',
  'pnpm bench --profile lenet --workers 1',
  'pnpm bench --peers --repeat 1              beside PyTorch and TensorFlow.js',
  'pnpm -s bench --json',
])
  .option('--model <names>', 'presets or files, separated by commas', toList, measuredPresets)
  .option('--data <name>', 'mnist, synthetic or a folder (default: what fits the model)')
  .option('--workers <list>', 'worker counts (default: 1 and the cores there are)', toCounts, [
    ...new Set([1, availableParallelism()]),
  ])
  .option('--batch-size <n>', 'samples a step (default: 100, keras-figure 32)', toCount)
  .option('--shard-size <n>', 'most samples a shard', toCount)
  .option('--repeat <n>', 'measurements of each', toCount, 3)
  .option('--seconds <x>', 'length of a measurement, after as long a warm-up', toNumber, 2)
  .option('--profile <model>', 'where the time of its steps goes, layer by layer')
  .option('--peers', 'other systems too, where scripts/peers/README.md has them installed')
  .option('--json', 'a line of JSON for each model and worker count on stdout')
  .action(bench);

async function bench(options: Options): Promise<void> {
  const { model: models, json } = options;
  const load = loadavg()[0];
  say(`load before: ${load.toFixed(2)}`);
  if (load > 0.5) say(style('yellow', 'the machine is busy; figures will be too low'));
  if (options.profile !== undefined) {
    await profile(options.profile, options);
    return;
  }
  const variants = options.peers ? await findPeers() : [];
  if (options.peers && variants.length === 0) {
    say(style('yellow', 'no peer is installed; see scripts/peers/README.md'));
  }
  if (!json) say(style('bold', stepsHead));
  for (const model of models) tell(await compare(model, variants, options), options);
}

interface Compared {
  readonly model: string;
  /** Of each number of workers. */
  readonly summaries: readonly StepsSummary[];
  readonly peers: readonly PeerResult[];
}

// One model by us and by the peers, in turns.
async function compare(
  model: string,
  variants: readonly PeerVariant[],
  options: Options,
): Promise<Compared> {
  const { workers, repeat, seconds } = options;
  const measured = workers.map((): Awaited<ReturnType<typeof measureSteps>>[] => []);
  const peers: PeerResult[] = [];
  for (let round = 0; round < repeat; round++) {
    for (const [i, count] of workers.entries()) {
      measured[i].push(await measureSteps({ ...settingsOf(options, model), workers: count }));
    }
    for (const variant of variants) {
      peers.push(await measurePeer(variant, model, mostThreads(options), seconds));
    }
  }
  const alone = measured[workers.indexOf(1)] ?? [];
  return { model, summaries: measured.map((results) => summarizeSteps(results, alone)), peers };
}

function mostThreads({ workers }: Options): number {
  return Math.max(...workers);
}

function tell({ model, summaries, peers }: Compared, options: Options): void {
  const threads = mostThreads(options);
  if (options.json) {
    for (const summary of summaries) print(JSON.stringify(summary));
    for (const peer of peers) print(JSON.stringify({ model, threads, ...peer }));
    return;
  }
  for (const summary of summaries) print(stepsRow(summary));
  const ours = summaries[options.workers.indexOf(threads)];
  for (const name of new Set(peers.map(({ peer }) => peer))) {
    const own = peers.filter(({ peer }) => peer === name);
    print(peerRow(ours, own));
  }
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
