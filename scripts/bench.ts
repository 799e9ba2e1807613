// pnpm bench: time of a training step, a process a measurement, repetitions interleaved.
import { availableParallelism, loadavg } from 'node:os';
import { InvalidArgumentError } from 'commander';
import type { BenchmarkResult } from '@convbook/trainer';
import { measureProfile, measureSteps } from './support/bench/measure.ts';
import { profileTable } from './support/bench/profile-table.ts';
import { createCommand, runCommand, toCount, toNumber } from './support/command.ts';
import { say, style } from './support/progress.ts';

interface Options {
  model: string[];
  data?: string;
  workers: number[];
  batchSize: number;
  shardSize?: number;
  repeat: number;
  seconds: number;
  profile?: string;
  json?: true;
}

const command = createCommand('bench', 'Times training steps (Adam), the median of repetitions.', [
  'pnpm bench                                 SimpleConvNet, one worker and all',
  'pnpm bench --workers 1,2,4 --repeat 5',
  'pnpm bench --profile lenet --workers 1',
  'pnpm -s bench --json',
])
  .option('--model <names>', 'presets or files, separated by commas', toList, ['simple-convnet'])
  .option('--data <name>', 'mnist, synthetic or a folder (default: what fits the model)')
  .option('--workers <list>', 'worker counts (default: 1 and the cores there are)', toCounts, [
    ...new Set([1, availableParallelism()]),
  ])
  .option('--batch-size <n>', 'samples a step', toCount, 100)
  .option('--shard-size <n>', 'most samples a shard', toCount)
  .option('--repeat <n>', 'measurements of each', toCount, 3)
  .option('--seconds <x>', 'length of a measurement, after as long a warm-up', toNumber, 2)
  .option('--profile <model>', 'where the time of its steps goes, layer by layer')
  .option('--json', 'a line of JSON for each model and worker count on stdout')
  .action(bench);

async function bench(options: Options): Promise<void> {
  const { model, workers, repeat, json, ...rest } = options;
  const load = loadavg()[0];
  if (load > 0.5) {
    say(style('yellow', `the machine is busy: load ${load.toFixed(2)}; figures will be too low`));
  }
  if (options.profile !== undefined) {
    await profile(options.profile, options);
    return;
  }
  const cases = model.flatMap((name) => workers.map((count) => ({ model: name, workers: count })));
  const results = cases.map((): BenchmarkResult[] => []);
  for (let round = 0; round < repeat; round++) {
    for (const [i, one] of cases.entries())
      results[i].push(await measureSteps({ ...rest, ...one }));
  }
  if (!json)
    say(
      style('bold', row('model', 'workers', 'batch', 'ms/step', 'images/s', 'GFLOP/s', 'memory')),
    );
  for (const measured of results) print(middle(measured), json === true);
}

async function profile(model: string, { workers, json, ...rest }: Options): Promise<void> {
  for (const count of workers) {
    const measured = await measureProfile({ ...rest, model, workers: Math.max(1, count) });
    const text = json ? JSON.stringify(measured) : `${profileTable(measured)}\n`;
    process.stdout.write(`${text}\n`);
  }
}

// The measurement whose time is the median.
function middle(measured: BenchmarkResult[]): BenchmarkResult {
  const sorted = measured.sort((a, b) => a.millisecondsPerStep - b.millisecondsPerStep);
  return sorted[Math.floor(sorted.length / 2)];
}

function print(result: BenchmarkResult, json: boolean): void {
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else {
    const { millisecondsPerStep, imagesPerSecond, gigaflops, peakMemoryBytes } = result;
    process.stdout.write(
      `${row(
        ...[result.model, String(result.workers), String(result.batchSize)],
        ...[millisecondsPerStep.toFixed(2), Math.round(imagesPerSecond).toLocaleString('en-US')],
        ...[gigaflops.toFixed(1), `${Math.round(peakMemoryBytes / 2 ** 20)} MB`],
      )}\n`,
    );
  }
}

function row(name: string, ...numbers: string[]): string {
  return name.padEnd(18) + numbers.map((text) => text.padStart(10)).join('');
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
